import { pageSize } from '../catalogue/describe.ts';
import { randomNumbers } from '../catalogue/random.ts';
import { startBareServer } from '../floors/bare-server.ts';
import { pageStatement, statementsPerSecond } from '../floors/statements.ts';
import { listRequest } from '../load/requests.ts';
import { runLoad } from '../load/run-load.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

const pages = 500;

/** Random pages of the largest source by name. */
export const listBySource: Scenario = {
  name: 'list',
  title: 'List 250 of a source by name, 8 connections, random pages',
  floor: 'the SQL in process plus bare node:http',
  isPortable: true,
  budget: { pages: { atLeast: 0.45 } },
  run: async (context) => {
    const target = await context.serve();
    const database = await context.openFloor();
    const [source] = context.catalogue.sources;
    const random = randomNumbers(1);
    const offsets = Array.from({ length: pages }, () =>
      Math.floor(random() * Math.max(1, (source?.count ?? 0) - pageSize)),
    );
    const requests = offsets.map((offset) =>
      listRequest('/v2025/entitlements', {
        filters: `source.id eq "${source?.id}"`,
        sorters: 'name',
        limit: pageSize,
        offset,
      }),
    );
    const bare = await startBareServer(
      target.api,
      requests.slice(0, 20).map((request) => request.path),
    );
    const load = { token: target.api.token, connections: 8, requests, seconds: context.seconds, warmUpSeconds: 1 };
    const statement = pageStatement('source_id = $1', 'name_folded, id', `limit ${pageSize} offset $2`);
    const [measured = [], statements = [], sent = []] = await inTurn(
      context.repetitions,
      async () => (await runLoad({ ...load, url: target.url })).perSecond,
      async () =>
        database === undefined
          ? Number.POSITIVE_INFINITY
          : statementsPerSecond(database, context.seconds / 2, statement, (number) => [
              source?.id,
              offsets[number % pages],
            ]),
      async () => (await runLoad({ ...load, url: bare.said })).perSecond,
    );
    await database?.close();
    await bare.stop();
    await target.stop();
    const floor = sent.map((perSecond, index) => 1 / (1 / perSecond + 1 / (statements[index] ?? Number.NaN)));
    return [{ name: 'pages', unit: 'pages/s', measured, floor }];
  },
};
