import { sql, type SqlBool } from 'kysely';
import { type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Session, Transaction } from '../database.ts';
import { connectionState } from './connections.ts';

/**
 * Deletes up to `limit` rows of what people have set for connections, or of their reasons, before the entitlements of a
 * source are deleted permanently. It looks only at the entitlements and tombstones that are deleted next. What people
 * have set is recorded as deleted.
 * @returns the number of deleted rows; 0 if the next `limit` entitlements and tombstones can be deleted
 */
export async function deleteConnectionsOfSource(
  transaction: Transaction,
  sourceId: string,
  limit: number,
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const ids = await nextEntitlements(transaction, sourceId, limit);
  if (ids.length === 0) {
    return 0;
  }
  const rows = await transaction.query
    .selectFrom('connection')
    .selectAll()
    .where('entitlement_id', 'in', ids)
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
        where entitlement_id in (${sql.join(ids)}) limit ${limit})`,
    )
    .executeTakeFirst();
  return Number(reasons.numDeletedRows);
}

/** The ids of the next entitlements of a source, and of its next tombstones, in the order of their deletion. */
async function nextEntitlements({ query }: Session, sourceId: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (const table of ['entitlement', 'entitlement_tombstone'] as const) {
    const rows = await query
      .selectFrom(table)
      .select('id')
      .where('source_id', '=', sourceId)
      .orderBy('type')
      .orderBy('value')
      .limit(limit)
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
