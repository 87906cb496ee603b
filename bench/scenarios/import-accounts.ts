import { secondsOfFloor } from '../floors/run-floor.ts';
import type { Scenario } from '../scenario.ts';
import { makeSource } from '../server/make-source.ts';
import { inTurn } from '../statistics.ts';

/** Loads the accounts of the largest source, whose entitlements exist, and measures the memory. */
export const importAccounts: Scenario = {
  name: 'import-accounts',
  title: 'Import accounts with six memberships each',
  floor: 'csv-parse plus prepared inserts of the same rows and indexes in file order',
  isPortable: false,
  budget: { accounts: { atLeast: 0.7 }, 'peak memory': { atMost: 750 } },
  run: async (context) => {
    const [source] = context.catalogue.sources;
    const entitlements = context.fileOf(source?.name ?? '');
    const accounts = await context.accountsFile();
    const memory: number[] = [];
    // Once is enough if it takes minutes.
    const repetitions = context.size > 500_000 ? 1 : context.repetitions;
    const count = Math.ceil(context.size / 2);
    const [measured = [], floor = []] = await inTurn(
      repetitions,
      async () => {
        const target = await context.serveEmpty();
        const id = await makeSource(target.api, 'Bench accounts');
        await target.api.loadEntitlements(id, entitlements);
        const seconds = await target.api.loadAccounts(id, accounts);
        memory.push(target.peakMemory() ?? Number.NaN);
        await target.stop();
        return count / seconds;
      },
      async () =>
        count / (await secondsOfFloor('import-accounts', [await context.emptyDatabase(), entitlements, accounts])),
    );
    return [
      { name: 'accounts', unit: 'accounts/s', measured, floor, note: `${count} accounts` },
      { name: 'peak memory', unit: 'MB', measured: memory },
    ];
  },
};
