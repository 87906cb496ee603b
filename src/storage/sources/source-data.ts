import { type ChangeOrigin } from '../changes/changes.ts';
import { purgeEntitlements } from '../entitlements/entitlement-deletion.ts';
import type { Session, Transaction } from '../database.ts';

/**
 * Deletes up to `limit` entitlements of a source permanently, without tombstones. No account may hold them. Each deletion
 * is recorded. Returns the number of deleted entitlements.
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
  return purgeEntitlements(
    transaction,
    rows.map(({ id }) => id),
    origin,
    now,
  );
}

/** Returns the number of entitlements of a source. */
export async function countEntitlementsOfSource(session: Session, sourceId: string): Promise<number> {
  const row = await session.query
    .selectFrom('entitlement_count')
    .select('number')
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
  return row?.number ?? 0;
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

/**
 * Deletes up to `limit` tombstones of entitlements or accounts of a source. Returns the number of deleted tombstones.
 */
export async function deleteTombstonesOfSource(
  transaction: Transaction,
  table: 'entitlement_tombstone' | 'account_tombstone',
  sourceId: string,
  limit: number,
): Promise<number> {
  const rows = await transaction.query
    .deleteFrom(table)
    .where('id', 'in', (builder) =>
      builder.selectFrom(table).select('id').where('source_id', '=', sourceId).limit(limit),
    )
    .returning('id')
    .execute();
  return rows.length;
}
