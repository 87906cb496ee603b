import { notFound } from '../../errors.ts';
import { deleteAccounts } from '../../storage/accounts/account-aggregation.ts';
import { deleteEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import { lockCorrelation } from '../../storage/identities/correlation.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { accountIdsOfSource } from '../../storage/sources/source-data.ts';
import { lockSource, type Source } from '../../storage/sources/sources.ts';
import { orphanedEntitlements } from '../../storage/entitlements/unlisted-entitlements.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { releaseIdentityOf } from '../identities/release-identity.ts';

/** How many rows one transaction deletes, so that other writers can run in between. */
const batchSize = 500;

/** The progress of a removal of accounts. */
export interface AccountRemovalProgress {
  readonly accountsDeleted: number;
  /** Entitlements that only accounts referred to. */
  readonly entitlementsDeleted: number;
}

/**
 * Deletes all accounts of a source, and then the entitlements that only they referred to, in transactions of limited
 * size. Accounts that return with the next aggregation keep their ids. After a crash it can be repeated and continues.
 * @param onProgress called after each batch
 * @throws 404 if there is no such source
 */
export async function removeAccounts(
  database: Database,
  sourceId: string,
  context: ChangeContext,
  onProgress: (progress: AccountRemovalProgress) => void | Promise<void> = () => {},
): Promise<AccountRemovalProgress> {
  let progress = { accountsDeleted: 0, entitlementsDeleted: 0 };
  for (;;) {
    const batch = await database.write(async (transaction) => {
      const source = await lockSource(transaction, sourceId);
      if (source === undefined) {
        throw notFound('source', sourceId);
      }
      const now = Date.now();
      const accounts = await removeSomeAccounts(transaction, source, batchSize, context, now);
      const orphaned = accounts > 0 ? [] : await orphanedEntitlements(transaction, sourceId, batchSize);
      return { accounts, entitlements: await deleteEntitlements(transaction, orphaned, context, now) };
    });
    if (batch.accounts + batch.entitlements === 0) {
      return progress;
    }
    progress = {
      accountsDeleted: progress.accountsDeleted + batch.accounts,
      entitlementsDeleted: progress.entitlementsDeleted + batch.entitlements,
    };
    await onProgress(progress);
  }
}

/** Deletes up to `limit` accounts of a locked source. Returns their number. */
export async function removeSomeAccounts(
  transaction: Transaction,
  source: Source,
  limit: number,
  context: ChangeContext,
  now: number,
): Promise<number> {
  await lockCorrelation(transaction, source.authoritative ? 'identities' : 'accounts');
  const ids = await accountIdsOfSource(transaction, source.id, limit);
  await releaseIdentityOf(transaction, source, ids, context, now);
  return deleteAccounts(transaction, ids, context, now);
}
