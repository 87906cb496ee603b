import { notFound, referencedObjectNotFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import { countAccounts, findAccounts } from '../../storage/accounts/account-lists.ts';
import { accountExists, type AccountRow as Account, findAccount } from '../../storage/accounts/accounts.ts';
import type { Database } from '../../storage/database.ts';
import type { EntitlementScope } from '../entitlements/entitlements.ts';

export type { AccountRow as Account } from '../../storage/accounts/accounts.ts';

/** One page of accounts, and the number of all matches if it was requested. */
export interface AccountPage {
  readonly accounts: readonly Account[];
  readonly total: number | undefined;
}

/** Returns one account. Throws 404 if there is none with that id. */
export async function getAccount(database: Database, id: string): Promise<Account> {
  const account = await findAccount(database.keyed, id);
  if (account === undefined) {
    throw notFound('account', id);
  }
  return account;
}

/** Lists all accounts; fields of filters and sorters as in the contract (B.2). */
export async function listAccounts(database: Database, list: ListQuery): Promise<AccountPage> {
  const [accounts, total] = await Promise.all([
    list.limit === 0 ? [] : findAccounts(database, list),
    list.count ? countAccounts(database, list) : undefined,
  ]);
  return { accounts, total };
}

/** The entitlements that an account holds. Throws 404 if there is no account with that id. */
export async function holdingsOf(database: Database, id: string): Promise<EntitlementScope> {
  if (!(await accountExists(database.keyed, id))) {
    throw notFound('account', id);
  }
  return { of: 'account', accountId: id };
}

/** The entitlements held by an account that a parameter names. Throws a 400 if there is none with that id. */
export async function holdingsOfNamed(database: Database, id: string): Promise<EntitlementScope> {
  if (id.includes('\0') || !(await accountExists(database.keyed, id))) {
    throw referencedObjectNotFound('account', id);
  }
  return { of: 'account', accountId: id };
}
