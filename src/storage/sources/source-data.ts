import type { Session, Transaction } from '../database.ts';

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
 * Deletes up to `limit` tombstones of entitlements or accounts of a source. Returns the ids of what they stand for.
 */
export async function deleteTombstonesOfSource(
  transaction: Transaction,
  table: 'entitlement_tombstone' | 'account_tombstone',
  sourceId: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.query
    .deleteFrom(table)
    .where('id', 'in', (builder) =>
      builder.selectFrom(table).select('id').where('source_id', '=', sourceId).limit(limit),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
