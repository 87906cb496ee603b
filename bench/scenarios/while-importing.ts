import { getRequest } from '../load/requests.ts';
import { togglingPatches } from '../load/patches.ts';
import { runLoad, startLoad } from '../load/run-load.ts';
import type { Scenario } from '../scenario.ts';
import { makeSource } from '../server/make-source.ts';

/** The load as a fraction of the server's capacity. */
const shareOfCapacity = 0.3;
/** Patches per second in addition to the gets. */
const patchRate = 20;

/** Gets and patches while the largest file is loaded into a new source. */
export const whileImporting: Scenario = {
  name: 'while-importing',
  title: 'While importing, gets at 30 % of capacity and 20 patches/s',
  floor: 'the idle server',
  isPortable: false,
  budget: { 'get p99': { atMost: 4 }, 'patch p99': { atMost: 200 } },
  run: async (context) => {
    const target = await context.serve();
    const { url, api } = target;
    const { ids, sources } = context.catalogue;
    const gets = { url, token: api.token, connections: 32, requests: ids.map(getRequest) };
    const patches = {
      url,
      token: api.token,
      connections: 4,
      requests: togglingPatches(ids),
      order: 'sequence',
      rate: patchRate,
    } as const;
    const { perSecond } = await runLoad({ ...gets, seconds: context.seconds, warmUpSeconds: 1 });
    const paced = { ...gets, rate: perSecond * shareOfCapacity };
    const figures = { idleGet: [] as number[], get: [] as number[], patch: [] as number[] };
    let startAt = 0;
    for (let repetition = 0; repetition < context.repetitions; repetition += 1) {
      const idlePatches = startLoad({ ...patches, seconds: undefined, startAt });
      figures.idleGet.push((await runLoad({ ...paced, seconds: context.seconds })).p99);
      idlePatches.stop();
      startAt = (await idlePatches.result).nextIndex;

      const source = await makeSource(api, `Bench while importing ${repetition + 1}`);
      const loads = [
        startLoad({ ...paced, seconds: undefined }),
        startLoad({ ...patches, seconds: undefined, startAt }),
      ] as const;
      await api.loadEntitlements(source, context.fileOf(sources[0]?.name ?? ''));
      for (const load of loads) {
        load.stop();
      }
      const [get, patch] = await Promise.all([loads[0].result, loads[1].result]);
      figures.get.push(get.p99);
      figures.patch.push(patch.p99);
      startAt = patch.nextIndex;
    }
    await target.stop();
    const note = `${Math.round(perSecond * shareOfCapacity)} gets/s`;
    return [
      { name: 'get p99', unit: 'ms', measured: figures.get, floor: figures.idleGet, note },
      { name: 'patch p99', unit: 'ms', measured: figures.patch },
    ];
  },
};
