import { badRequestContent, referencedObjectNotFound } from '../../errors.ts';
import { setCorrelation } from '../../storage/accounts/account-correlation.ts';
import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { findReferencedIdentities } from '../../storage/identities/identities.ts';
import type { Source } from '../../storage/sources/sources.ts';
import type { AccountTable } from '../../storage/tables.ts';
import { findPeople } from '../aggregation/account-objects.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { releaseIdentityOf } from '../identities/release-identity.ts';
import type { AccountAfter } from './account-edits.ts';

type Correlation = Pick<AccountAfter, 'identityId' | 'isManuallyCorrelated'>;

/**
 * Sets the identity of a locked account, and whether it was set manually. The former identity of an authoritative
 * account is updated from its next authoritative account, or deactivated.
 * @throws 400 for an identity that does not exist, and for none if the source is authoritative
 */
export async function setIdentity(
  transaction: Transaction,
  source: Source,
  row: AccountTable,
  { identityId, isManuallyCorrelated }: Correlation,
  context: ChangeContext,
  now: number,
): Promise<void> {
  refuseUncorrelated(source, identityId);
  if (identityId !== null && (await findReferencedIdentities(transaction, [identityId])).length === 0) {
    throw referencedObjectNotFound('identity', identityId);
  }
  if (source.authoritative && identityId !== row.identity_id) {
    await releaseIdentityOf(transaction, source, [row.id], context, now);
  }
  const changed = difference<Record<string, unknown>>(
    { identityId: row.identity_id, manuallyCorrelated: row.is_manually_correlated === 1 },
    { identityId, manuallyCorrelated: isManuallyCorrelated },
  );
  if (changed !== undefined) {
    await setCorrelation(transaction, row.id, { identityId, isManuallyCorrelated }, now);
    await recordChanges(transaction, context, now, [
      { objectType: 'ACCOUNT', objectId: row.id, kind: 'updated', ...changed },
    ]);
  }
}

/** Throws a 400 if an account of an authoritative source would have no identity. */
export function refuseUncorrelated(source: Source, identityId: string | null): void {
  if (source.authoritative && identityId === null) {
    throw badRequestContent(
      `Field "identityId" is null, but source "${source.name}" is authoritative: its accounts always have an identity. Send the id of another identity.`,
    );
  }
}

/** Determines the identity of a stored account again, as after an aggregation. */
export async function correlateAgain(
  transaction: Transaction,
  source: Source,
  row: AccountTable,
  context: ChangeContext,
  now: number,
): Promise<void> {
  const account = {
    id: row.id,
    sourceId: row.source_id,
    nativeIdentity: row.native_identity,
    name: row.name ?? row.native_identity,
    attributes: JSON.parse(row.attributes) as Record<string, unknown>,
    isNew: false,
  };
  await findPeople(transaction, source, [account], context, now);
}
