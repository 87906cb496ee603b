import { pageSize } from '../catalogue/describe.ts';
import { getRequest, listRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { Scenario } from '../scenario.ts';

/** The peak memory of the process under gets, pages and counts of all kinds. */
export const servingMemory: Scenario = {
  name: 'serving-memory',
  title: 'Peak memory of serving',
  floor: '',
  isPortable: false,
  budget: { 'gets and pages, 32 connections': { atMost: 400 } },
  run: async (context) => {
    const { ids, sources, total } = context.catalogue;
    const pages = ['name', 'created', 'value', '-modified'].flatMap((sorters) =>
      [0, Math.floor(total / 2)].map((offset) =>
        listRequest('/v2026/entitlements', { sorters, limit: pageSize, offset, count: true }),
      ),
    );
    const ofSources = sources.map(({ id }) =>
      listRequest('/v2025/entitlements', { filters: `source.id eq "${id}"`, sorters: 'name', limit: pageSize }),
    );
    const target = await context.serve();
    await runLoad({
      url: target.url,
      token: target.api.token,
      connections: 32,
      requests: [...ids.slice(0, 100).map(getRequest), ...pages, ...ofSources],
      seconds: context.seconds * 2,
    });
    const peak = target.peakMemory();
    await target.stop();
    return peak === undefined ? [] : [{ name: 'gets and pages, 32 connections', unit: 'MB', measured: [peak] }];
  },
};
