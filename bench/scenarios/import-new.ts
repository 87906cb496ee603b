import { fill } from '../catalogue/fill.ts';
import { secondsOfFloor } from '../floors/run-floor.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** Loads all files into an empty catalogue, and measures the memory. */
export const importNew: Scenario = {
  name: 'import',
  title: 'Import everything as new',
  floor: 'csv-parse plus prepared inserts of the same rows and indexes in file order',
  isPortable: false,
  budget: { rows: { atLeast: 1 }, 'peak memory': { atMost: 750 } },
  run: async (context) => {
    const files = new Map(context.catalogue.sources.map(({ name }) => [name, context.fileOf(name)]));
    const memory: number[] = [];
    const { total } = context.catalogue;
    const [measured = [], floor = []] = await inTurn(
      repetitionsFor(context.repetitions, total),
      async () => {
        const target = await context.serveEmpty();
        const seconds = await fill(target, files);
        memory.push(target.peakMemory() ?? Number.NaN);
        await target.stop();
        return total / seconds;
      },
      async () => total / (await secondsOfFloor('import', [await context.emptyDatabase(), ...files.values()])),
    );
    return [
      { name: 'rows', unit: 'entitlements/s', measured, floor },
      { name: 'peak memory', unit: 'MB', measured: memory },
    ];
  },
};

/** Once is enough if it takes minutes. */
function repetitionsFor(repetitions: number, total: number): number {
  return total > 500_000 ? 1 : repetitions;
}
