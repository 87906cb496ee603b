import { pageSize } from '../catalogue/describe.ts';
import { listRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { BenchContext, Measure, Scenario } from '../scenario.ts';
import type { Target } from '../server/target.ts';
import { inTurn } from '../statistics.ts';

/** The total count in addition to a page. */
export const count: Scenario = {
  name: 'count',
  title: 'A page of 250 with count=true',
  floor: 'the page without it',
  isPortable: true,
  budget: { 'of a source': { atMost: 1.3 }, 'of all': { atMost: 1.3 } },
  run: async (context) => {
    const target = await context.serve();
    const measures = [
      await measure(context, target, 'of a source', { filters: `source.id eq "${context.catalogue.sources[0]?.id}"` }),
      await measure(context, target, 'of all', {}),
    ];
    await target.stop();
    return measures;
  },
};

async function measure(
  context: BenchContext,
  { url, api }: Target,
  name: string,
  filter: Readonly<Record<string, string>>,
): Promise<Measure> {
  const milliseconds = (isCounted: boolean) => async () => {
    const query = { ...filter, sorters: 'name', limit: pageSize, ...(isCounted ? { count: true } : {}) };
    const requests = [listRequest('/v2025/entitlements', query)];
    return (await runLoad({ url, token: api.token, connections: 1, requests, seconds: context.seconds / 2 })).p50;
  };
  const [measured = [], floor = []] = await inTurn(context.repetitions, milliseconds(true), milliseconds(false));
  return { name, unit: 'ms', measured, floor };
}
