import { lockCorrelation, replaceKeys } from '../../storage/identities/correlation.ts';
import type { Transaction } from '../../storage/database.ts';
import { lockIdentitiesOfAccounts } from '../../storage/identities/identity-changes.ts';
import { withAccount, withoutAccount } from '../../storage/identities/identity-record.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import type { ManagerSource } from './wanted-manager.ts';
import { saveIdentities } from './save-identities.ts';
import { accountDataOf } from './winning-account.ts';

/**
 * Unlinks accounts that are being removed from their identities; the rows of the accounts may already be deleted. An
 * identity with another authoritative account is updated from that one. An identity without one is kept with its data,
 * rights and tokens, but is deactivated and no longer correlated.
 * @param accountIds at most 1,000 accounts of the source
 */
export async function releaseIdentityOf(
  transaction: Transaction,
  source: ManagerSource & { readonly authoritative: boolean },
  accountIds: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  if (accountIds.length === 0) {
    return;
  }
  await replaceKeys(transaction, accountIds, []);
  if (!source.authoritative) {
    return;
  }
  await lockCorrelation(transaction, 'identities');
  const identities = await lockIdentitiesOfAccounts(transaction, accountIds);
  const others = await accountDataOf(
    transaction,
    identities.map(({ row }) => row.id),
    accountIds,
  );
  const edits = identities.map(({ row }) => {
    const other = others.get(row.id);
    return other === undefined
      ? { before: row, after: withoutAccount(row), nativeIdentity: null }
      : { before: row, after: withAccount(row, other.truth), nativeIdentity: other.nativeIdentity };
  });
  await saveIdentities(transaction, edits, context, now);
}
