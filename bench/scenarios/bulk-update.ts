import type { FloorDatabase } from '../floors/floor-database.ts';
import { changesInBatches } from '../floors/statements.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn } from '../statistics.ts';

/** Changes all entitlements of the largest source by a filter, in a task. */
export const bulkUpdate: Scenario = {
  name: 'bulk-update',
  title: 'A change of all entitlements of the largest source',
  floor: 'single UPDATEs and INSERTs into the change record in a loop, 500 entitlements per transaction',
  isPortable: false,
  budget: { rows: { atLeast: 0.4 } },
  run: async (context) => {
    const target = await context.serve();
    const database = await context.openFloor();
    const [source] = context.catalogue.sources;
    const { id = '', count = 0 } = source ?? {};
    const [measured = [], floor = []] = await inTurn(
      context.repetitions,
      async () => count / (await target.api.updateEntitlements(`source.id eq "${id}"`, '/requestable', true)),
      // Sets the former value, so that each of the two changes every entitlement.
      async () => (database === undefined ? Number.NaN : count / (await undoIn(database, id))),
    );
    await database?.close();
    await target.stop();
    return [{ name: 'rows', unit: 'entitlements/s', measured, floor, note: `${count} entitlements` }];
  },
};

async function undoIn(database: FloorDatabase, sourceId: string): Promise<number> {
  const rows = await database.query('select id from entitlement where source_id = $1 order by id', [sourceId]);
  const ids = rows.map((row) => (row as { id: string }).id);
  return changesInBatches(database, ids, 500);
}
