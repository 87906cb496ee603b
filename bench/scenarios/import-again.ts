import { secondsOfFloor } from '../floors/run-floor.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** Loads the unchanged file of the largest source again. */
export const importAgain: Scenario = {
  name: 'import-again',
  title: 'The same file again (the largest source)',
  floor: 'csv-parse alone on it',
  isPortable: false,
  budget: { seconds: { atMost: 3 } },
  run: async (context) => {
    const target = await context.serve();
    const [source] = context.catalogue.sources;
    const file = context.fileOf(source?.name ?? '');
    const [measured = [], floor = []] = await inTurn(
      context.repetitions,
      () => target.api.loadEntitlements(source?.id ?? '', file),
      () => secondsOfFloor('parse-csv', [file]),
    );
    await target.stop();
    return [{ name: 'seconds', unit: 's', measured, floor, note: `${source?.count} entitlements` }];
  },
};
