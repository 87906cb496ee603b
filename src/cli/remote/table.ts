import { cutTo, printableLine, widthOf } from './printable.ts';

/** A column of a table. */
export interface Column<T> {
  readonly heading: string;
  readonly cell: (row: T) => string | number | boolean | null | undefined;
  /** Never cut, like an id, which would be useless. */
  readonly isWhole?: boolean;
}

/** The minimum width of a column. */
const narrowest = 8;
const gap = '  ';

/**
 * Formats rows that arrive in pages; the widths are those of the first page.
 * @param columns the columns to show
 * @param terminalWidth the width to which rows are cut; undefined: nothing is cut
 */
export class Table<T> {
  readonly #columns: readonly Column<T>[];
  readonly #terminalWidth: number | undefined;
  #widths: readonly number[] | undefined;

  constructor(columns: readonly Column<T>[], terminalWidth: number | undefined) {
    this.#columns = columns;
    this.#terminalWidth = terminalWidth;
  }

  /** Returns the lines of a page; the first page starts with the headings. */
  page(rows: readonly T[]): string {
    const cells = rows.map((row) => this.#columns.map(({ cell }) => printableLine(String(cell(row) ?? ''))));
    if (this.#widths === undefined) {
      cells.unshift(this.#columns.map(({ heading }) => heading));
      this.#widths = this.#fittingWidths(cells);
    }
    const widths = this.#widths;
    return cells.map((line) => `${this.#line(line, widths)}\n`).join('');
  }

  #fittingWidths(cells: readonly (readonly string[])[]): number[] {
    const widths = this.#columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ''))));
    if (this.#terminalWidth === undefined) {
      return widths;
    }
    let surplus = widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1)) - this.#terminalWidth;
    for (; surplus > 0; surplus -= 1) {
      const widest = this.#columns.reduce<number | undefined>((found, { isWhole }, index) => {
        const width = widths[index] ?? 0;
        return isWhole === true || width <= narrowest || (found !== undefined && width <= (widths[found] ?? 0))
          ? found
          : index;
      }, undefined);
      if (widest === undefined) {
        break;
      }
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
    return widths;
  }

  #line(cells: readonly string[], widths: readonly number[]): string {
    const fitted = cells.map((cell, index) => {
      const width = widths[index] ?? 0;
      const isCut = this.#terminalWidth !== undefined && this.#columns[index]?.isWhole !== true;
      const shown = isCut ? cutTo(cell, width) : cell;
      return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
    });
    return fitted.join(gap).trimEnd();
  }
}

/** Formats one object as lines of name and value; nested values are shown as JSON. */
export function detailText(object: object): string {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries
    .map(([name, value]) => {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      return `${name.padEnd(width)}${gap}${printableLine(shown)}\n`;
    })
    .join('');
}
