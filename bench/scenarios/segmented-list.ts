import { pageSize } from '../catalogue/describe.ts';
import { listRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { Scenario } from '../scenario.ts';
import type { Api } from '../server/api.ts';
import { inTurn } from '../statistics.ts';

const segmentCount = 500;
/** How many of the segments the caller belongs to. */
const ownCount = 5;
/** The most entitlements that one request assigns. */
const mostAssigned = 50;

/**
 * What a person may see by 500 segments, sorted by name. A tenth of the catalogue is in segments of others, first the
 * oldest entitlements, whose names are spread; then also the first ones by name, which every list has to skip: the worst
 * distribution. The last 1 % by name are in the person's own segments.
 */
export const segmentedList: Scenario = {
  name: 'segmented-list',
  title: 'A page of 250 for a person, with 500 segments',
  floor: 'the page without segments',
  isPortable: false,
  budget: { '1 % of the catalogue': { atMost: 3 }, '90 % of the catalogue': { atMost: 3 } },
  run: async (context) => {
    const target = await context.serve();
    const { url, api } = target;
    const { total } = context.catalogue;
    const milliseconds = (query: Readonly<Record<string, string | boolean>>) => async () => {
      const requests = [listRequest('/v2025/entitlements', { sorters: 'name', limit: pageSize, ...query })];
      return (await runLoad({ url, token: api.token, connections: 1, requests, seconds: context.seconds / 2 })).p50;
    };
    const own = { 'segmented-for-identity': 'me' };
    const segments = await createSegments(api);
    await assign(api, segments.own, await firstBy(api, '-name,id', Math.ceil(total / 100)));
    await assign(api, segments.others, await firstBy(api, 'id', Math.ceil(total / 10)));
    const [few = [], most = [], all = []] = await inTurn(
      context.repetitions,
      milliseconds({ ...own, 'include-unsegmented': false }),
      milliseconds(own),
      milliseconds({}),
    );
    await assign(api, segments.others, await firstBy(api, 'name,id', Math.ceil(total / 10)));
    const [late = [], allAgain = []] = await inTurn(context.repetitions, milliseconds(own), milliseconds({}));
    await target.stop();
    return [
      { name: '1 % of the catalogue', unit: 'ms', measured: few, floor: all },
      { name: '90 % of the catalogue', unit: 'ms', measured: most, floor: all },
      { name: 'not the first 10 % by name', unit: 'ms', measured: late, floor: allAgain },
    ];
  },
};

/** Creates the segments. */
async function createSegments(api: Api): Promise<{ readonly own: string[]; readonly others: string[] }> {
  const segments: string[] = [];
  for (let number = 0; number < segmentCount; number += 1) {
    const attribute = number < ownCount ? 'id' : 'department';
    const value = number < ownCount ? (api.identityId ?? '') : `Department ${number}`;
    const expression = { operator: 'EQUALS', attribute, value: { type: 'STRING', value } };
    const body = { name: `Bench ${number}`, active: true, visibilityCriteria: { expression } };
    segments.push((await api.json<{ id: string }>('POST', '/v2025/segments', body)).id);
  }
  return { own: segments.slice(0, ownCount), others: segments.slice(ownCount) };
}

/** Returns the ids of the first entitlements in an order. */
async function firstBy(api: Api, sorters: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  let last: { readonly id: string; readonly name: string } | undefined;
  while (ids.length < count) {
    const key = sorters === 'id' ? '' : `"${last?.name.replaceAll('"', '""')}",`;
    const after: Record<string, string> = last === undefined ? {} : { searchAfter: `${key}${last.id}` };
    const limit = Math.min(pageSize, count - ids.length);
    const page = await api.json<{ id: string; name: string }[]>(
      'GET',
      listRequest('/v2026/entitlements', { sorters, limit, ...after }).path,
    );
    ids.push(...page.map(({ id }) => id));
    last = page.at(-1);
    if (last === undefined) {
      break;
    }
  }
  return ids;
}

/** Assigns entitlements to segments in turn, several requests at a time. */
async function assign(api: Api, segments: readonly string[], ids: readonly string[]): Promise<void> {
  const size = Math.min(mostAssigned, Math.ceil(ids.length / segments.length));
  let start = 0;
  const work = async (): Promise<void> => {
    while (start < ids.length) {
      const segmentId = segments[(start / size) % segments.length];
      const assignments = ids.slice(start, start + size).map((id) => ({ type: 'ENTITLEMENT', id }));
      start += size;
      await api.send('POST', '/muniment/v1/entitlements/segment-assignments', { segmentId, assignments });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}
