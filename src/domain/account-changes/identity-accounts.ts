/** The accounts of identities that are enabled or disabled together. */
import { badRequestContent } from '../../errors.ts';
import {
  type AccountOfIdentity,
  accountsOfIdentities,
  identitiesAmong,
} from '../../storage/accounts/accounts-of-identities.ts';
import type { Database } from '../../storage/database.ts';
import { managedAmong } from '../../storage/sources/managed-sources.ts';

export type { AccountOfIdentity } from '../../storage/accounts/accounts-of-identities.ts';

/** The most accounts that one request can change. */
const mostAccounts = 1000;

/**
 * Returns the accounts of those of these identities (at most 1,000) that exist, by identity.
 * @param managerId limits them to the accounts of the sources that this identity manages
 * @throws 400 for more than 1,000 accounts
 */
export async function findAccountsOf(
  { keyed }: Database,
  identityIds: readonly string[],
  managerId: string | undefined,
): Promise<Map<string, AccountOfIdentity[]>> {
  // PostgreSQL does not accept NUL in text, and no id contains one.
  const possible = [...new Set(identityIds)].filter((id) => !id.includes('\0'));
  const found = await identitiesAmong(keyed, possible);
  const accounts = await accountsOfIdentities(keyed, [...found], mostAccounts + 1);
  if (accounts.length > mostAccounts) {
    throw badRequestContent(
      `The identities have more than ${mostAccounts} accounts. Send fewer identities, or change the accounts one by one.`,
    );
  }
  const isManaged = await managedBy(keyed, accounts, managerId);
  const byIdentity = Map.groupBy(accounts.filter(isManaged), ({ identityId }) => identityId);
  return new Map([...found].map((id) => [id, byIdentity.get(id) ?? []]));
}

async function managedBy(
  session: Database['keyed'],
  accounts: readonly AccountOfIdentity[],
  managerId: string | undefined,
): Promise<(account: AccountOfIdentity) => boolean> {
  if (managerId === undefined) {
    return () => true;
  }
  const managed = await managedAmong(session, [...new Set(accounts.map(({ sourceId }) => sourceId))], managerId);
  return ({ sourceId }) => managed.has(sourceId);
}
