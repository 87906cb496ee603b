import { sql, type SqlBool } from 'kysely';
import { type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Transaction } from '../database.ts';
import { connectionState } from './connections.ts';

/**
 * Deletes up to `limit` rows of what people have set for the connections of entitlements, or of their reasons, before the
 * entitlements are deleted permanently. What people have set is recorded as deleted.
 * @returns the number of deleted rows; 0 if nothing is left, so that the entitlements can be deleted
 */
export async function deleteConnectionsOf(
  transaction: Transaction,
  entitlementIds: readonly string[],
  limit: number,
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  if (entitlementIds.length === 0) {
    return 0;
  }
  const rows = await transaction.query
    .selectFrom('connection')
    .selectAll()
    .where('entitlement_id', 'in', entitlementIds)
    .limit(limit)
    .execute();
  if (rows.length > 0) {
    await transaction.query
      .deleteFrom('connection')
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    await recordChanges(
      transaction,
      origin,
      now,
      rows.map((row) => ({
        objectType: 'CONNECTION',
        objectId: row.id,
        kind: 'deleted',
        before: connectionState(row),
        after: null,
      })),
    );
    return rows.length;
  }
  const reasons = await transaction.query
    .deleteFrom('connection_reason')
    .where(
      sql<SqlBool>`(entitlement_id, account_id, kind, cause_id) in (
        select entitlement_id, account_id, kind, cause_id from connection_reason
        where entitlement_id in (${sql.join(entitlementIds)}) limit ${limit})`,
    )
    .executeTakeFirst();
  return Number(reasons.numDeletedRows);
}
