import { badRequestContent, notFound } from '../../errors.ts';
import { holdersOf, unlinkAccounts } from '../../storage/accounts/account-links.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { deleteEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import { type EntitlementRow, findEntitlement, lockEntitlement } from '../../storage/entitlements/entitlements.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { refuseDuringLoad } from '../sources/schema-changes.ts';
import { lockedSource } from '../sources/sources.ts';
import { checkVersion } from '../version.ts';

/** How many accounts one transaction unlinks, so that other writers can run in between. */
export const mostHolders = 500;

/**
 * Deletes one entitlement and its links to accounts, in one transaction. It returns with its id and its governance data
 * if a later aggregation finds it.
 * @throws 404; 412; 400 while a task of its source runs, and if more than `mostHolders` accounts hold it
 */
export async function deleteEntitlement(
  database: Database,
  id: string,
  { ifMatch, context }: ChangeOptions,
): Promise<void> {
  await database.write(async (transaction) => {
    const entitlement = await lockDeletable(transaction, id);
    if (entitlement === undefined) {
      throw notFound('entitlement', id);
    }
    checkVersion(ifMatch, entitlement.version);
    const left = await removeStep(transaction, id, context, Date.now());
    if (left) {
      throw badRequestContent(
        `More than ${mostHolders} accounts hold this entitlement. Use the bulk deletion, which runs as a task.`,
      );
    }
  });
}

/**
 * Locks the source of an entitlement and the entitlement. Returns undefined if there is none with that id. Throws a 400
 * while a task of the source runs: it may be about to link accounts to the entitlement.
 */
export async function lockDeletable(transaction: Transaction, id: string): Promise<EntitlementRow | undefined> {
  const found = await findEntitlement(transaction, id);
  if (found === undefined) {
    return undefined;
  }
  // No task of the source can be added while it is locked (`insertTask`).
  await lockedSource(transaction, found.sourceId);
  await refuseDuringLoad(transaction, found.sourceId, 'The entitlement cannot be deleted');
  return lockEntitlement(transaction, id);
}

/**
 * Unlinks up to `mostHolders` accounts from a locked entitlement, and deletes it if no other account holds it. Returns
 * whether there are other accounts.
 */
export async function removeStep(
  transaction: Transaction,
  id: string,
  context: ChangeContext,
  now: number,
): Promise<boolean> {
  const holders = await holdersOf(transaction, id, mostHolders + 1);
  await unlinkAccounts(transaction, holders.slice(0, mostHolders), id, context, now);
  if (holders.length > mostHolders) {
    return true;
  }
  await deleteEntitlements(transaction, [id], context, now);
  return false;
}
