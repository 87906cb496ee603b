import { pageSize } from '../catalogue/describe.ts';
import { listRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** A page near the end of all entitlements by name, with both paging methods. */
export const deepPages: Scenario = {
  name: 'deep-pages',
  title: 'A page after 90 % of all entitlements by name',
  floor: 'the first page',
  isPortable: true,
  budget: { 'by offset': { atMost: 30 }, 'by searchAfter': { atMost: 1.5 } },
  run: async (context) => {
    const target = await context.serve();
    const offset = Math.floor(context.catalogue.total * 0.9);
    const sorted = { sorters: 'name,id', limit: pageSize };
    const [last] = await target.api.json<{ name: string; id: string }[]>(
      'GET',
      listRequest('/v2026/entitlements', { ...sorted, limit: 1, offset: offset - 1 }).path,
    );
    const searchAfter = `"${last?.name.replaceAll('"', '""')}",${last?.id}`;
    const milliseconds = (family: string, query: Readonly<Record<string, string | number>>) => async () => {
      const requests = [listRequest(`/${family}/entitlements`, { ...sorted, ...query })];
      const { url, api } = target;
      return (await runLoad({ url, token: api.token, connections: 1, requests, seconds: context.seconds / 2 })).p50;
    };
    const [first = [], deep = [], firstV2026 = [], after = []] = await inTurn(
      context.repetitions,
      milliseconds('v2025', {}),
      milliseconds('v2025', { offset }),
      milliseconds('v2026', {}),
      milliseconds('v2026', { searchAfter }),
    );
    await target.stop();
    return [
      { name: 'by offset', unit: 'ms', measured: deep, floor: first, note: `offset ${offset}` },
      { name: 'by searchAfter', unit: 'ms', measured: after, floor: firstV2026 },
    ];
  },
};
