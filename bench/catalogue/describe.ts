import type { Api } from '../server/api.ts';
import { randomNumbers } from './random.ts';

/** The facts about a server's entitlements that scenarios need. */
export interface Catalogue {
  readonly total: number;
  /** The sources with entitlements, largest first. */
  readonly sources: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  /** Random ids. */
  readonly ids: readonly string[];
}

/** The maximum page size of the contract. */
export const pageSize = 250;

const pagesOfIds = 40;

/** Reads the facts through the server's API. Throws if there are no entitlements. */
export async function describeCatalogue(api: Api): Promise<Catalogue> {
  const total = await countOf(api, '');
  if (total === 0) {
    throw new Error(`${api.url} has no entitlements to measure with.`);
  }
  const sources = [];
  for (const { id, name } of await api.json<{ id: string; name: string }[]>('GET', '/v2025/sources?limit=250')) {
    sources.push({ id, name, count: await countOf(api, `&filters=${encodeURIComponent(`source.id eq "${id}"`)}`) });
  }
  const random = randomNumbers(total);
  const ids = new Set<string>();
  for (let page = 0; page < pagesOfIds; page += 1) {
    const offset = Math.floor(random() * Math.max(1, total - pageSize));
    const found = await api.json<{ id: string }[]>(
      'GET',
      `/v2025/entitlements?sorters=id&limit=${pageSize}&offset=${offset}`,
    );
    for (const { id } of found) {
      ids.add(id);
    }
  }
  return {
    total,
    sources: sources.filter((source) => source.count > 0).toSorted((a, b) => b.count - a.count),
    ids: [...ids],
  };
}

async function countOf(api: Api, filter: string): Promise<number> {
  const response = await api.send('GET', `/v2025/entitlements?limit=1&count=true${filter}`);
  return Number(response.headers.get('x-total-count'));
}
