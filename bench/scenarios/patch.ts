import { statementsPerSecond, updateStatement } from '../floors/statements.ts';
import { runLoad } from '../load/run-load.ts';
import { togglingPatches } from '../load/patches.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** Patches that change something, each answered once it is durable. */
export const patch: Scenario = {
  name: 'patch',
  title: 'Durable patches',
  floor: 'single durable UPDATEs in a loop',
  isPortable: false,
  budget: { '1 connection': { atLeast: 0.45 }, '16 connections': { atLeast: 1.5 } },
  run: async (context) => {
    const target = await context.serve();
    const database = await context.openFloor();
    const { ids } = context.catalogue;
    const requests = togglingPatches(ids);
    let startAt = 0;
    const perSecond = (connections: number) => async () => {
      const { url, api } = target;
      const result = await runLoad({
        url,
        token: api.token,
        connections,
        requests,
        seconds: context.seconds,
        order: 'sequence',
        startAt,
      });
      startAt = result.nextIndex;
      return result.perSecond;
    };
    const [one = [], sixteen = [], floor = []] = await inTurn(
      context.repetitions,
      perSecond(1),
      perSecond(16),
      async () =>
        database === undefined
          ? Number.NaN
          : statementsPerSecond(database, context.seconds / 2, updateStatement, (number) => [
              Math.floor(number / ids.length) % 2,
              Date.now(),
              ids[number % ids.length],
            ]),
    );
    await database?.close();
    await target.stop();
    return [
      { name: '1 connection', unit: 'patches/s', measured: one, floor },
      { name: '16 connections', unit: 'patches/s', measured: sixteen, floor },
    ];
  },
};
