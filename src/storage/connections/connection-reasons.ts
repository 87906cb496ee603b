import { sql, type SqlBool } from 'kysely';
import type { Transaction } from '../database.ts';
import type { ConnectionKey } from './connection-key.ts';

/** The reasons for connections other than that an aggregation found them (decision 16). */

export const reasonKinds = ['REQUEST', 'ACCESS_PROFILE', 'ROLE'] as const;

/** One reason that applies now. */
export interface ConnectionReason extends ConnectionKey {
  readonly kind: (typeof reasonKinds)[number];
  /** The id of the request, access profile or role. */
  readonly causeId: string;
  /** When it began to apply, in UTC milliseconds. */
  readonly since: number;
  /** When it is planned to end; null for never. */
  readonly until: number | null;
}

/** Adds reasons. A reason that exists keeps its beginning and gets the new end. */
export async function addReasons(transaction: Transaction, reasons: readonly ConnectionReason[]): Promise<void> {
  if (reasons.length === 0) {
    return;
  }
  await transaction.query
    .insertInto('connection_reason')
    .values(
      reasons.map(({ accountId, entitlementId, kind, causeId, since, until }) => ({
        account_id: accountId,
        entitlement_id: entitlementId,
        kind,
        cause_id: causeId,
        since,
        until,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['entitlement_id', 'account_id', 'kind', 'cause_id'])
        .doUpdateSet((set) => ({ until: set.ref('excluded.until') })),
    )
    .execute();
}

/** Removes up to `limit` reasons with this cause. Returns the number of removed reasons. */
export async function removeReasonsOfCause(transaction: Transaction, causeId: string, limit: number): Promise<number> {
  const removed = await transaction.query
    .deleteFrom('connection_reason')
    .where(
      sql<SqlBool>`(account_id, entitlement_id, kind, cause_id) in (
        select account_id, entitlement_id, kind, cause_id from connection_reason
        where cause_id = ${causeId} limit ${limit})`,
    )
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}
