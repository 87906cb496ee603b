import { shownValue } from '../shown-value.ts';
import type { AggregationReport } from './report.ts';

/** A problem with an object that is applied nevertheless. */
export interface Warning {
  /** An invalid privilege level; a value of the wrong type; an object that is its own parent. */
  readonly kind: 'privilege' | 'type' | 'own-parent';
  readonly column: string;
  /** The type of the column's attribute. */
  readonly type: string;
  readonly value: string;
  readonly line: number;
}

interface Warned {
  readonly first: Warning;
  readonly lines: number[];
  count: number;
}

/** How many lines a message lists. */
const linesInMessage = 5;

/** The warnings of one run: one message for each column and kind, with the number of objects and the first lines. */
export class Warnings {
  readonly #found = new Map<string, Warned>();

  add(warning: Warning): void {
    const key = JSON.stringify([warning.kind, warning.column]);
    const known = this.#found.get(key);
    if (known === undefined) {
      this.#found.set(key, { first: warning, lines: [warning.line], count: 1 });
      return;
    }
    known.count += 1;
    // Objects are sorted by key, not by line: the lowest lines are kept, sorted.
    known.lines.push(warning.line);
    if (known.lines.length > 2 * linesInMessage) {
      trim(known.lines);
    }
  }

  /** Adds the warnings to the report. They do not prevent deletions, because the objects are in the input. */
  reportTo(report: AggregationReport): void {
    for (const { first, lines, count } of this.#found.values()) {
      trim(lines);
      const objects = `${count} ${count === 1 ? 'object' : 'objects'}`;
      const place = `${objects} (${count === 1 ? 'line' : 'lines'} ${lines.join(', ')}${count > lines.length ? ', …' : ''})`;
      const parameters = [first.column, String(count), lines.join(', ')];
      const example = `for example ${shownValue(first.value)}`;
      if (first.kind === 'privilege') {
        report.warn(
          'privilege_not_known',
          `${first.column} of ${place} is not one of true, false, HIGH, MEDIUM, LOW and NONE, ${example}. These objects have no level from the source.`,
          parameters,
        );
      } else if (first.kind === 'type') {
        report.warn(
          'value_not_of_type',
          `${first.column} of ${place} is not of type ${first.type}, ${example}. The value is kept as text.`,
          parameters,
        );
      } else {
        report.inform(
          'parent_of_itself',
          `${first.column} of ${place} names the object itself. This parent is ignored.`,
          parameters,
        );
      }
    }
  }
}

function trim(lines: number[]): void {
  lines.sort((a, b) => a - b);
  lines.length = Math.min(lines.length, linesInMessage);
}
