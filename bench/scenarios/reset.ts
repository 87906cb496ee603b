import { fill } from '../catalogue/fill.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** Deletes all entitlements of all sources permanently, compared with their import in the same run. */
export const reset: Scenario = {
  name: 'reset',
  title: 'Reset of all sources',
  floor: 'the import of the same files',
  isPortable: false,
  // At most half of the time of the import.
  budget: { rows: { atLeast: 2 } },
  run: async (context) => {
    const files = new Map(context.catalogue.sources.map(({ name }) => [name, context.fileOf(name)]));
    const { total } = context.catalogue;
    const imported: number[] = [];
    const [measured = []] = await inTurn(context.repetitions, async () => {
      const target = await context.serveEmpty();
      imported.push(total / (await fill(target, files)));
      let seconds = 0;
      const sources = await target.api.json<{ id: string }[]>('GET', '/v2025/sources');
      for (const { id } of sources) {
        seconds += await target.api.resetEntitlements(id);
      }
      await target.stop();
      return total / seconds;
    });
    return [{ name: 'rows', unit: 'entitlements/s', measured, floor: imported }];
  },
};
