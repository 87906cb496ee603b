import { notFound, referencedObjectNotFound } from '../../errors.ts';
import { findAccount } from '../../storage/accounts/accounts.ts';
import type { Database } from '../../storage/database.ts';
import { findIdentityRow } from '../../storage/identities/identity-lists.ts';
import { findSchemas } from '../../storage/sources/source-schemas.ts';
import { findSource, type Source } from '../../storage/sources/sources.ts';
import { checkVersion } from '../version.ts';
import { accountFrom, type ReceivedAttributes } from './account-attributes.ts';
import { type AccountChange, rulesOf } from './account-changes.ts';
import { accountAfter } from './account-edits.ts';
import { refuseUncorrelated } from './account-identity.ts';

/** The source of a checked change, and the key of the account. */
export interface CheckedAccountChange {
  readonly source: Source;
  readonly nativeIdentity: string;
}

/** Checks a new account. Throws a 400 if the source does not exist, and as `accountFrom`. */
export async function checkNewAccount(
  { keyed }: Database,
  sourceId: string,
  attributes: ReceivedAttributes,
): Promise<CheckedAccountChange> {
  const source = sourceId.includes('\0') ? undefined : await findSource(keyed, sourceId);
  if (source === undefined) {
    throw referencedObjectNotFound('source', sourceId);
  }
  const { nativeIdentity } = accountFrom(attributes, rulesOf(await findSchemas(keyed, source.id)));
  return { source, nativeIdentity };
}

/**
 * Checks a change of an existing account before its task is queued, which checks it again.
 * @param ifMatch the version that the caller expects, if any
 * @throws 404, 412, and a 400 as `applyAccountChange`
 */
export async function checkAccountChange(
  { keyed }: Database,
  change: Exclude<AccountChange, { kind: 'create' }>,
  ifMatch: number | undefined,
): Promise<CheckedAccountChange> {
  const { accountId } = change;
  const account = accountId.includes('\0') ? undefined : await findAccount(keyed, accountId);
  const source = account === undefined ? undefined : await findSource(keyed, account.sourceId);
  if (account === undefined || source === undefined) {
    throw notFound('account', accountId);
  }
  checkVersion(ifMatch, account.version);
  const { nativeIdentity } = account;
  if (change.kind !== 'delete' && change.kind !== 'reload' && change.kind !== 'state') {
    const { identityId } = accountAfter(account, change, rulesOf(await findSchemas(keyed, source.id)));
    if (identityId !== account.identityId) {
      refuseUncorrelated(source, identityId);
      await refuseUnknownIdentity(keyed, identityId);
    }
  }
  return { source, nativeIdentity };
}

async function refuseUnknownIdentity(session: Database['keyed'], id: string | null): Promise<void> {
  if (id !== null && (id.includes('\0') || (await findIdentityRow(session, id)) === undefined)) {
    throw referencedObjectNotFound('identity', id);
  }
}
