import { tell, write } from './output.ts';
import { jsonText } from './printable.ts';
import type { RemoteFlags } from './session.ts';
import { type Column, Table } from './table.ts';

/** What a command that lists takes. */
export interface ListFlags extends RemoteFlags {
  readonly filters?: string;
  readonly sorters?: string;
  readonly limit?: number;
  readonly all?: true;
}

/** What is asked of a server for one page. */
export interface PageQuery {
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly searchAfter?: string | undefined;
}

type FetchPage<T> = (query: PageQuery) => Promise<readonly T[]>;

/** How many are listed when nobody says how many. */
export const defaultLimit = 50;
const largestPage = 250;

/** Pages by offset, until there are enough or no more. */
export async function* pagesByOffset<T>(flags: ListFlags, fetchPage: FetchPage<T>): AsyncGenerator<readonly T[]> {
  const most = mostOf(flags);
  for (let offset = 0; offset < most;) {
    const limit = Math.min(largestPage, most - offset);
    const page = await fetchPage({ limit, offset });
    yield page;
    offset += page.length;
    if (page.length < limit) {
      return;
    }
  }
}

/**
 * Pages that each begin after the last row of the one before: as fast at the end of a long list as at its beginning.
 * @param sorters what is sorted by; it has to end in a sorter that no two rows share
 * @param valueOf the value of a sorter in a row
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

/** A value as a line of CSV: nothing is null, `""` the empty text. */
function keyText(value: unknown): string {
  return value === null || value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`;
}

function mostOf({ all, limit = defaultLimit }: ListFlags): number {
  return all === true ? Number.POSITIVE_INFINITY : limit;
}

/** Shows pages as they come: a table, or a JSON array with one row in each line. */
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
    tell(`(The first ${shown}. More with --limit NUMBER or --all.)`);
  }
}

/** A filter of both, where both are there. */
export function bothFilters(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || second === undefined ? (first ?? second) : `${first} and (${second})`;
}

/** A text in a filter. */
export function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
