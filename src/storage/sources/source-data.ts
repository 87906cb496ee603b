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

/** Returns the ids of a page of the entitlements of a source. */
export async function entitlementIdsOfSource(
  { query }: Session,
  { sourceId, after, limit }: { readonly sourceId: string; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await query
    .selectFrom('entitlement')
    .select('id')
    .where('source_id', '=', sourceId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

type TombstoneTable = 'entitlement_tombstone' | 'account_tombstone';

/** Returns the ids of up to `limit` tombstones of a source, in no particular order. */
export async function tombstoneIdsOfSource(
  { query }: Session,
  table: TombstoneTable,
  sourceId: string,
  limit: number,
): Promise<string[]> {
  const rows = await query.selectFrom(table).select('id').where('source_id', '=', sourceId).limit(limit).execute();
  return rows.map(({ id }) => id);
}

/** Deletes tombstones. */
export async function deleteTombstones(
  { query }: Transaction,
  table: TombstoneTable,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) {
    await query.deleteFrom(table).where('id', 'in', ids).execute();
  }
}
