import { pageSize } from '../catalogue/describe.ts';
import { connectionsFile } from '../catalogue/files.ts';
import { listRequest } from '../load/requests.ts';
import { type LoadRequest, runLoad } from '../load/run-load.ts';
import type { Measure, Scenario } from '../scenario.ts';
import type { Api } from '../server/api.ts';
import type { Target } from '../server/target.ts';
import { inTurn } from '../statistics.ts';

const path = '/v2026/entitlement-connections';
const mostAccounts = 100_000;
const places = 40;

/** The holders of one entitlement, and lists in several orders, compared with the list of all connections. */
export const connections: Scenario = {
  name: 'connections',
  title: 'Pages of 250 connections: the holders of an entitlement that every account holds; sorted lists',
  floor: 'pages of the list of all connections',
  isPortable: false,
  budget: {
    'holders p95': { atMost: 3 },
    'by account name': { atMost: 3 },
  },
  run: async (context) => {
    const accounts = Math.min(mostAccounts, Math.ceil(context.size / 10));
    const target = await context.serveEmpty();
    await load(target.api, await connectionsFile(accounts));
    const entitlement = await idOfEveryone(target.api);
    const filters = `entitlement.id eq "${entitlement}"`;
    const all = await pagesOf(target.api, accounts * 4, {});
    const ofOne = await pagesOf(target.api, accounts - pageSize, { filters });
    const measures: Measure[] = [];
    const measure = async (name: string, requests: readonly LoadRequest[], figure: 'p50' | 'p95'): Promise<void> => {
      const [measured = [], floor = []] = await inTurn(
        context.repetitions,
        async () => (await loadOf(target, requests, context.seconds))[figure],
        async () => (await loadOf(target, all, context.seconds))[figure],
      );
      measures.push({ name, unit: 'ms', measured, floor, note: `${accounts} accounts` });
    };
    await measure('holders p95', ofOne, 'p95');
    for (const [name, sorters] of Object.entries(orders)) {
      await measure(name, [listRequest(path, { sorters, limit: pageSize })], 'p50');
    }
    await target.stop();
    return measures;
  },
};

const orders = {
  'by account name': 'account.name',
  'by display name': 'entitlement.displayName',
  'by identity name': 'identity.name',
  'by type': 'type',
} as const;

function loadOf({ url, api }: Target, requests: readonly LoadRequest[], seconds: number) {
  return runLoad({ url, token: api.token, connections: 1, requests, seconds });
}

/** Loads the accounts of an authoritative source, so that each has an identity. */
async function load(api: Api, file: string): Promise<void> {
  const { id } = await api.json<{ id: string }>('POST', '/v2025/sources', {
    name: 'Bench people',
    connector: 'delimited-file-angularsc',
    authoritative: true,
    owner: { type: 'IDENTITY', id: api.identityId },
  });
  await api.loadAccounts(id, file);
}

async function idOfEveryone(api: Api): Promise<string> {
  const { path: url } = listRequest('/v2026/entitlements', { filters: 'value eq "everyone"' });
  const [found] = await api.json<{ id: string }[]>('GET', url);
  return found?.id ?? '';
}

/** Requests for pages that begin at places spread over a list of this length. */
async function pagesOf(api: Api, length: number, query: Readonly<Record<string, string>>): Promise<LoadRequest[]> {
  const requests: LoadRequest[] = [];
  for (let place = 0; place < places; place += 1) {
    const offset = Math.floor((length * place) / places);
    const { path: url } = listRequest(path, { ...query, limit: 1, offset });
    const [at] = await api.json<{ id: string }[]>('GET', url);
    requests.push(listRequest(path, { ...query, sorters: 'id', searchAfter: at?.id ?? '', limit: pageSize }));
  }
  return requests;
}
