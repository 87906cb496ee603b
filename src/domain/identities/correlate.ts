import { recordChanges } from '../../storage/changes/changes.ts';
import {
  type AccountKey,
  lockCorrelation,
  matchAccounts,
  replaceKeys,
  setIdentities,
} from '../../storage/identities/correlation.ts';
import { type CorrelationConfig, findCorrelationConfig } from '../../storage/sources/correlation-config.ts';
import type { Transaction } from '../../storage/database.ts';
import { pairOf } from '../../storage/identities/identity-attributes.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import type { AppliedAccount } from './applied-account.ts';

/** The number of accounts or identities processed together. */
export const correlationBatch = 1000;

/**
 * Correlates accounts of a non-authoritative source by its correlation configuration, and stores their correlation keys,
 * so that identities created later can be matched, too. Manually correlated accounts keep their identity.
 * @param accounts at most 1,000
 */
export async function correlateAccounts(
  transaction: Transaction,
  source: { readonly id: string },
  accounts: readonly AppliedAccount[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  if (accounts.length === 0) {
    return;
  }
  await lockCorrelation(transaction, 'accounts');
  const config = await findCorrelationConfig(transaction, source.id);
  const ids = accounts.map(({ id }) => id);
  await replaceKeys(transaction, ids, config === null ? [] : accounts.flatMap((account) => keysOf(account, config)));
  await recorrelate(transaction, ids, context, now);
}

/** Correlates these accounts again by their stored keys. */
export async function recorrelate(
  transaction: Transaction,
  accountIds: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (let start = 0; start < accountIds.length; start += correlationBatch) {
    const found = await matchAccounts(transaction, accountIds.slice(start, start + correlationBatch));
    await linkAccounts(
      transaction,
      found.map(({ id, identityId, match }) => ({ id, before: identityId, after: match })),
      context,
      now,
    );
  }
}

/** Writes and records the identities of accounts. Unchanged ones are not written. */
export async function linkAccounts(
  transaction: Transaction,
  links: readonly { readonly id: string; readonly before: string | null; readonly after: string | null }[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  const changed = links.filter(({ before, after }) => before !== after);
  await setIdentities(
    transaction,
    changed.map(({ id, after }) => ({ id, identityId: after })),
    now,
  );
  await recordChanges(
    transaction,
    context,
    now,
    changed.map(({ id, before, after }) => ({
      objectType: 'ACCOUNT',
      objectId: id,
      kind: 'updated',
      before: { identityId: before },
      after: { identityId: after },
    })),
  );
}

/** Returns the correlation keys of an account for its source's configuration. Attributes without a value have no key. */
function keysOf(account: AppliedAccount, { attributeAssignments }: CorrelationConfig): AccountKey[] {
  return attributeAssignments.flatMap(({ property, value }, position) => {
    const pair = pairOf(property, valueOf(account, value));
    return pair === undefined ? [] : [{ accountId: account.id, position, ...pair }];
  });
}

function valueOf({ attributes, nativeIdentity, name }: AppliedAccount, attribute: string): unknown {
  if (Object.hasOwn(attributes, attribute)) {
    return attributes[attribute];
  }
  return attribute === 'nativeIdentity' ? nativeIdentity : attribute === 'name' ? name : undefined;
}
