import { type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Transaction } from '../database.ts';
import type { EntitlementTable } from '../tables.ts';
import { deleteParents, lockEntitlements, parentsOf } from './entitlement-aggregation.ts';
import { entitlementState } from './entitlement-record.ts';
import { insertTombstones } from './entitlement-tombstones.ts';

/** Deletes entitlements and writes tombstones with their governance data. Returns the number of deleted ones. */
export async function deleteEntitlements(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  return remove(transaction, ids, origin, now, (rows, parents) =>
    insertTombstones(transaction, rows, parents, origin.taskId, now),
  );
}

/** Deletes entitlements permanently: if they return, they are new. Returns the number of deleted ones. */
export async function purgeEntitlements(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  return remove(transaction, ids, origin, now, async () => {});
}

async function remove(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
  keep: (rows: readonly EntitlementTable[], parents: ReadonlyMap<string, readonly string[]>) => Promise<void>,
): Promise<number> {
  const rows = await lockEntitlements(transaction, ids);
  const found = [...rows.keys()];
  const deleted = [...rows.values()];
  if (deleted.length === 0) {
    return 0;
  }
  const parents = await parentsOf(transaction, found);
  await keep(deleted, parents);
  await deleteParents(transaction, found);
  await transaction.query.deleteFrom('entitlement').where('id', 'in', found).execute();
  await recordChanges(
    transaction,
    origin,
    now,
    deleted.map((row) => ({
      objectType: 'ENTITLEMENT',
      objectId: row.id,
      kind: 'deleted',
      before: entitlementState(row, parents.get(row.id) ?? []),
      after: null,
    })),
  );
  return deleted.length;
}
