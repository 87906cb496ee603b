import { type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Transaction } from '../database.ts';
import { connectionState } from './connections.ts';

/**
 * Deletes what people have set for the connections of entitlements, and the reasons of the connections, when the
 * entitlements are deleted permanently. What people have set is recorded as deleted.
 */
export async function deleteConnectionsOf(
  transaction: Transaction,
  entitlementIds: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<void> {
  if (entitlementIds.length === 0) {
    return;
  }
  const { query } = transaction;
  const set = await query
    .deleteFrom('connection')
    .where('entitlement_id', 'in', entitlementIds)
    .returningAll()
    .execute();
  await recordChanges(
    transaction,
    origin,
    now,
    set
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((row) => ({
        objectType: 'CONNECTION',
        objectId: row.id,
        kind: 'deleted',
        before: connectionState(row),
        after: null,
      })),
  );
  await query.deleteFrom('connection_reason').where('entitlement_id', 'in', entitlementIds).execute();
}
