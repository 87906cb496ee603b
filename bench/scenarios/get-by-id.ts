import { startBareServer } from '../floors/bare-server.ts';
import { getRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { BenchContext, Measure, Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** Random entitlements, as fast as possible over 32 connections. */
export const getById: Scenario = {
  name: 'get',
  title: 'Get by id, 32 connections',
  floor: 'bare node:http sending the same bytes',
  isPortable: true,
  budget: { 'with the defaults': { atLeast: 0.25 }, 'without request log': { atLeast: 0.33 } },
  run: async (context) => [
    await measure(context, 'with the defaults', {}),
    await measure(context, 'without request log', { MUNIMENT_REQUEST_LOG: 'off' }),
  ],
};

async function measure(
  context: BenchContext,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<Measure> {
  const target = await context.serve(settings);
  const requests = context.catalogue.ids.map(getRequest);
  const bare = await startBareServer(
    target.api,
    requests.slice(0, 200).map((request) => request.path),
  );
  const load = { token: target.api.token, connections: 32, requests, seconds: context.seconds, warmUpSeconds: 1 };
  const p99: number[] = [];
  const [measured = [], floor = []] = await inTurn(
    context.repetitions,
    async () => {
      const result = await runLoad({ ...load, url: target.url });
      p99.push(result.p99);
      return result.perSecond;
    },
    async () => (await runLoad({ ...load, url: bare.said })).perSecond,
  );
  await bare.stop();
  await target.stop();
  return { name, unit: 'requests/s', measured, floor, note: `p99 ${Math.max(...p99).toFixed(1)} ms` };
}
