import type { Session, Transaction } from '../database.ts';

/** The memberships of accounts in entitlements. */

/** One entitlement that an account holds. */
export interface Holding {
  readonly accountId: string;
  readonly entitlementId: string;
  readonly type: string;
  readonly value: string;
}

/** Returns the entitlements that accounts hold, by account id, without accounts that hold none. */
export async function holdingsOf(session: Session, accountIds: readonly string[]): Promise<Map<string, Holding[]>> {
  const holdings = new Map<string, Holding[]>();
  if (accountIds.length === 0) {
    return holdings;
  }
  const rows = await session.query
    .selectFrom('account_entitlement')
    .innerJoin('entitlement', 'entitlement.id', 'account_entitlement.entitlement_id')
    .select([
      'account_entitlement.account_id as accountId',
      'account_entitlement.entitlement_id as entitlementId',
      'entitlement.type',
      'entitlement.value',
    ])
    .where('account_entitlement.account_id', 'in', accountIds)
    .execute();
  for (const row of rows) {
    const known = holdings.get(row.accountId);
    if (known === undefined) {
      holdings.set(row.accountId, [row]);
    } else {
      known.push(row);
    }
  }
  return holdings;
}

/** Adds entitlements to accounts. */
export async function insertHoldings(
  transaction: Transaction,
  holdings: readonly { readonly accountId: string; readonly entitlementIds: readonly string[] }[],
): Promise<void> {
  await transaction.insertRows(
    'account_entitlement',
    holdings.flatMap(({ accountId, entitlementIds }) =>
      entitlementIds.map((id) => ({ account_id: accountId, entitlement_id: id })),
    ),
  );
}

/** Removes all entitlements from accounts. */
export async function deleteHoldings(transaction: Transaction, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length > 0) {
    await transaction.query.deleteFrom('account_entitlement').where('account_id', 'in', accountIds).execute();
  }
}
