import { sql } from 'kysely';
import type { Session } from '../database.ts';
import type { Flag } from '../tables.ts';
import { isStandalone } from './connections.ts';

/** An account of an identity that holds an entitlement. */
export interface AccountTarget {
  readonly accountId: string;
  readonly accountName: string | null;
  /** The key of the account on its source. */
  readonly nativeIdentity: string;
  readonly uuid: string | null;
  /** 1 if the account does not have the entitlement through an access profile or a role. */
  readonly isStandalone: Flag;
  /** When the access is planned to end, in UTC milliseconds; null for never. */
  readonly until: number | null;
}

/** The last planned end of the reasons for a connection; null if there are none, or if one of them does not end. */
const plannedEnd = sql<number | null>`(
  select case when count(*) = count(connection_reason.until) then max(connection_reason.until) end
  from connection_reason
  where connection_reason.entitlement_id = account_entitlement.entitlement_id
    and connection_reason.account_id = account_entitlement.account_id)`;

/** Returns the accounts of an identity that hold an entitlement, by id. */
export async function findAccountTargets(
  { query }: Session,
  identityId: string,
  entitlementId: string,
): Promise<AccountTarget[]> {
  const rows = await query
    .selectFrom('account')
    .innerJoin('account_entitlement', 'account_entitlement.account_id', 'account.id')
    .where('account.identity_id', '=', identityId)
    .where('account_entitlement.entitlement_id', '=', entitlementId)
    .select([
      'account.id as accountId',
      'account.name as accountName',
      'account.native_identity as nativeIdentity',
      'account.uuid',
      isStandalone.as('isStandalone'),
      plannedEnd.as('until'),
    ])
    .orderBy('account.id')
    .execute();
  return rows.map((row) => ({ ...row, until: row.until === null ? null : Number(row.until) }));
}
