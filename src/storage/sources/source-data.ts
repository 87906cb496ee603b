import { sql, type SqlBool } from 'kysely';
import type { ChangeOrigin } from '../changes/changes.ts';
import { deleteEntitlements } from '../entitlements/entitlement-aggregation.ts';
import type { Session, Transaction } from '../database.ts';

/**
 * Deletes up to `limit` entitlements of a source permanently, with their memberships and without tombstones. Each
 * deletion is recorded. Returns the number of deleted entitlements.
 */
export async function deleteEntitlementsOfSource(
  transaction: Transaction,
  sourceId: string,
  limit: number,
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const rows = await transaction.query
    .selectFrom('entitlement')
    .select('id')
    .where('source_id', '=', sourceId)
    .orderBy('type')
    .orderBy('value')
    .limit(limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) {
    return 0;
  }
  const deleted = await deleteEntitlements(transaction, ids, origin, now);
  await transaction.query.deleteFrom('entitlement_tombstone').where('id', 'in', ids).execute();
  await transaction.query.deleteFrom('account_entitlement').where('entitlement_id', 'in', ids).execute();
  return deleted;
}

/** Returns the ids of up to `limit` accounts of a source. */
export async function accountIdsOfSource(session: Session, sourceId: string, limit: number): Promise<string[]> {
  const rows = await session.query
    .selectFrom('account')
    .select('id')
    .where('source_id', '=', sourceId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The tombstones of a source in the order of their deletion, by the columns of their keys. */
const tombstones = [
  { table: 'entitlement_tombstone', order: ['type', 'value'] },
  { table: 'account_tombstone', order: ['native_identity'] },
] as const;

/**
 * Deletes up to `limit` tombstones of a source, those of entitlements first. Returns the number of deleted tombstones.
 */
export async function deleteTombstonesOfSource(
  transaction: Transaction,
  sourceId: string,
  limit: number,
): Promise<number> {
  for (const { table, order } of tombstones) {
    const rows = await transaction.query
      .deleteFrom(table)
      .where(
        sql<SqlBool>`id in (select id from ${sql.table(table)} where source_id = ${sourceId}
          order by ${sql.join(order.map((column) => sql.ref(column)))} limit ${limit})`,
      )
      .returning('id')
      .execute();
    if (rows.length > 0) {
      return rows.length;
    }
  }
  return 0;
}
