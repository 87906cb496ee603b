import { inform, write } from './output.ts';
import { jsonText } from './printable.ts';
import type { RemoteFlags } from './session.ts';
import { type Column, Table } from './table.ts';

/** The flags of list commands. */
export interface ListFlags extends RemoteFlags {
  readonly filters?: string;
  readonly sorters?: string;
  readonly limit?: number;
  readonly all?: true;
}

/** The request parameters of one page. */
export interface PageQuery {
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly searchAfter?: string | undefined;
}

type FetchPage<T> = (query: PageQuery) => Promise<readonly T[]>;

/** The number of rows listed by default. */
export const defaultLimit = 50;
const largestPage = 250;

/**
 * Yields pages by offset, until there are enough rows or no more.
 * @param largest the largest page that the operation allows
 */
export async function* pagesByOffset<T>(
  flags: ListFlags,
  fetchPage: FetchPage<T>,
  largest = largestPage,
): AsyncGenerator<readonly T[]> {
  const most = mostOf(flags);
  for (let offset = 0; offset < most;) {
    const limit = Math.min(largest, most - offset);
    const page = await fetchPage({ limit, offset });
    yield page;
    offset += page.length;
    if (page.length < limit) {
      return;
    }
  }
}

/**
 * Yields pages that each start after the last row of the previous one: as fast at the end of a long list as at its start.
 * @param sorters the sort fields; the last one must be unique
 * @param valueOf returns the value of a sort field in a row
 */
export async function* pagesByKey<T>(
  flags: ListFlags,
  sorters: readonly string[],
  valueOf: (row: T, sorter: string) => unknown,
  fetchPage: FetchPage<T>,
): AsyncGenerator<readonly T[]> {
  let searchAfter: string | undefined;
  for (let left = mostOf(flags); left > 0;) {
    const limit = Math.min(largestPage, left);
    const page = await fetchPage({ limit, searchAfter });
    yield page;
    left -= page.length;
    const last = page.at(-1);
    if (page.length < limit || last === undefined) {
      return;
    }
    searchAfter = sorters.map((sorter) => keyText(valueOf(last, sorter.replace(/^-/, '')))).join(',');
  }
}

/** Formats a value as a CSV cell: empty for null, `""` for the empty string. */
function keyText(value: unknown): string {
  return value === null || value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`;
}

function mostOf({ all, limit = defaultLimit }: ListFlags): number {
  return all === true ? Number.POSITIVE_INFINITY : limit;
}

/** The page of a list that has only one. */
export async function* onePage<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows;
}

/** Prints pages as they arrive: as a table, or as a JSON array with one row per line. */
export async function showList<T>(
  flags: ListFlags,
  columns: readonly Column<T>[],
  pages: AsyncIterable<readonly T[]>,
): Promise<void> {
  let shown = 0;
  if (flags.json === true) {
    for await (const page of pages) {
      if (page.length === 0) {
        continue;
      }
      const lines = page.map((row, index) => `${shown + index === 0 ? '' : ',\n'}${jsonText(row)}`);
      await write(`${shown === 0 ? '[\n' : ''}${lines.join('')}`);
      shown += page.length;
    }
    await write(shown === 0 ? '[]\n' : '\n]\n');
    return;
  }
  const table = new Table(columns, process.stdout.isTTY ? process.stdout.columns || 80 : undefined);
  for await (const page of pages) {
    await write(table.page(page));
    shown += page.length;
  }
  if (flags.all !== true && shown > 0 && shown === (flags.limit ?? defaultLimit)) {
    inform(`(The first ${shown} rows. For more add --limit NUMBER or --all.)`);
  }
}

/** Returns sort fields that end in the id, for `pagesByKey`. */
export function endingInId(sorters: string): readonly string[] {
  const asked = sorters.split(',').map((sorter) => sorter.trim());
  const place = asked.findIndex((sorter) => sorter === 'id' || sorter === '-id');
  // Sorters after the id have no effect.
  return place === -1 ? [...asked, 'id'] : asked.slice(0, place + 1);
}

/** Combines two filters, either of which may be absent. */
export function bothFilters(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || second === undefined ? (first ?? second) : `${first} and (${second})`;
}

/** Quotes a string for a filter. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
