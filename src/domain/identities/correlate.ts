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

/** How many accounts or identities are looked at together. */
export const correlationBatch = 1000;

/**
 * Gives accounts of a source that is not authoritative the identities that its correlation configuration finds, and
 * remembers what they look for, so that identities which appear later find them. Accounts that somebody correlated by
 * hand stay with their identity.
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

/** Gives these accounts the identities that their keys find now, whatever they had. */
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

/** Writes and records which identities accounts belong to. Where nothing differs nothing is written. */
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

/** What an account looks for, by its source's configuration. What it has no value for it does not look for. */
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
