import { type Change, type ChangeOrigin, difference, recordChanges } from '../changes/changes.ts';
import type { Session, Transaction } from '../database.ts';
import { lockAccounts } from './account-aggregation.ts';
import { holdingsOf } from './account-entitlements.ts';
import { accountTruthState, truthOf } from './account-record.ts';

/** Links of accounts to entitlements that are being deleted. The attributes of the accounts are kept. */

/** Returns up to `limit` accounts of a source with ids after `afterId`, and whether they hold entitlements. */
export async function accountsAfter(
  session: Session,
  sourceId: string,
  afterId: string,
  limit: number,
): Promise<{ id: string; holds: boolean }[]> {
  const rows = await session.query
    .selectFrom('account')
    .select(['id', 'has_entitlements'])
    .where('source_id', '=', sourceId)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, holds: row.has_entitlements === 1 }));
}

/** Returns the ids of up to `limit` accounts that hold an entitlement. */
export async function holdersOf(session: Session, entitlementId: string, limit: number): Promise<string[]> {
  const rows = await session.query
    .selectFrom('account_entitlement')
    .select('account_id as id')
    .where('entitlement_id', '=', entitlementId)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Removes links of accounts to entitlements, and records that. The accounts keep their fingerprint: an aggregation links
 * them again once it reads them with a change or without optimization.
 * @param entitlementId only the links to this entitlement; null: all
 * @returns the number of changed accounts
 */
export async function unlinkAccounts(
  transaction: Transaction,
  accountIds: readonly string[],
  entitlementId: string | null,
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const rows = await lockAccounts(transaction, accountIds);
  const holdings = await holdingsOf(transaction, [...rows.keys()]);
  const changes: Change[] = [];
  const emptied: string[] = [];
  for (const [id, row] of rows) {
    const held = holdings.get(id) ?? [];
    const kept = entitlementId === null ? [] : held.filter((holding) => holding.entitlementId !== entitlementId);
    const changed = difference(accountTruthState(truthOf(row, held)), accountTruthState(truthOf(row, kept)));
    if (changed !== undefined) {
      changes.push({ objectType: 'ACCOUNT', objectId: id, kind: 'updated', ...changed });
      if (kept.length === 0) {
        emptied.push(id);
      }
    }
  }
  if (changes.length === 0) {
    return 0;
  }
  const changedIds = changes.map(({ objectId }) => objectId);
  await transaction.query
    .updateTable('account')
    .set((set) => ({ modified: now, version: set('version', '+', 1) }))
    .where('id', 'in', changedIds)
    .execute();
  if (emptied.length > 0) {
    await transaction.query.updateTable('account').set({ has_entitlements: 0 }).where('id', 'in', emptied).execute();
  }
  await transaction.query
    .deleteFrom('account_entitlement')
    .where('account_id', 'in', changedIds)
    .$if(entitlementId !== null, (deletion) => deletion.where('entitlement_id', '=', entitlementId ?? ''))
    .execute();
  await recordChanges(transaction, origin, now, changes);
  return changes.length;
}
