import { badRequestContent, notFound } from '../../errors.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import { lockClient } from '../../storage/clients/clients.ts';
import { lockCorrelation, matchAccounts } from '../../storage/identities/correlation.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { lockHolders } from '../../storage/identities/identities.ts';
import { lockIdentities, setManagers } from '../../storage/identities/identity-changes.ts';
import { identityState } from '../../storage/identities/identity-record.ts';
import {
  accountsOfIdentity,
  additionallyOwnedEntitlements,
  clearOwners,
  deleteIdentityRow,
  forgetManualCorrelation,
  ownedEntitlements,
  ownedSources,
  reportsOf,
  setAdditionalOwners,
  tokensOfIdentity,
} from '../../storage/identities/identity-references.ts';
import { recordTables } from '../../storage/resources/record-tables.ts';
import { lockSource, updateSource } from '../../storage/sources/sources.ts';
import type { IdentityTable } from '../../storage/tables.ts';
import { removeAllTags, tagsOf } from '../../storage/tags/object-tags.ts';
import { administratorOf } from '../clients/bootstrap.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { storeDeletion } from '../clients/clients.ts';
import { endMemberships } from '../governance-groups/memberships.ts';
import { releaseReferences } from '../resources/release-references.ts';
import { checkVersion } from '../version.ts';
import { correlationBatch, linkAccounts } from './correlate.ts';
import { saveIdentities } from './save-identities.ts';

/**
 * Deletes an identity, its tokens and its memberships in governance groups. Its accounts are correlated again, the
 * objects it owns lose their owner, and the managers of its reports are resolved again. Everything is recorded. If its
 * authoritative account still exists, it creates a new identity when it is next loaded with a change or with
 * `disableOptimization`.
 * @throws 404; 412; 400 for the administrator created at the first start and for the last user with level ORG_ADMIN
 */
export async function deleteIdentity(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  context: ChangeContext,
): Promise<void> {
  await database.write(async (transaction) => {
    await lockCorrelation(transaction, 'identities');
    const [found] = id.includes('\0') ? [] : await lockIdentities(transaction, [id]);
    if (found === undefined) {
      throw notFound('identity', id);
    }
    checkVersion(ifMatch, found.row.version);
    await refuseAdministrator(transaction, found.row);
    const now = Date.now();
    await clearReferences(transaction, id, context, now);
    const manual = await forgetManualCorrelation(transaction, id, now);
    await recordChanges(
      transaction,
      context,
      now,
      manual.map((objectId) => ({
        objectType: 'ACCOUNT',
        objectId,
        kind: 'updated',
        before: { manuallyCorrelated: true },
        after: { manuallyCorrelated: false },
      })),
    );
    const accounts = await accountsOfIdentity(transaction, id);
    await saveIdentities(transaction, [{ before: found.row, after: undefined, nativeIdentity: null }], context, now);
    await partAccounts(transaction, id, accounts, context, now);
    await partReports(transaction, id, context, now);
    const tags = (await tagsOf(transaction, 'IDENTITY', [id])).get(id);
    await removeAllTags(transaction, 'IDENTITY', [id]);
    await deleteIdentityRow(transaction, id);
    const before = { ...identityState(found.row), ...(tags === undefined ? {} : { tags }) };
    await recordChanges(transaction, context, now, [
      { objectType: 'IDENTITY', objectId: id, kind: 'deleted', before, after: null },
    ]);
  });
}

async function refuseAdministrator(transaction: Transaction, { id, name }: IdentityTable): Promise<void> {
  if ((await administratorOf(transaction)) === id) {
    throw badRequestContent(
      `${name} is the administrator created at the first start and cannot be deleted: the credentials in the server's settings belong to this identity. Remove its capabilities instead.`,
    );
  }
  const administrators = await lockHolders(transaction, 'ORG_ADMIN');
  if (administrators.includes(id) && administrators.length === 1) {
    throw badRequestContent(
      `${name} is the last user with level ORG_ADMIN and cannot be deleted. Assign the level to another user first.`,
    );
  }
}

async function clearReferences(
  transaction: Transaction,
  id: string,
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (;;) {
    const owned = await ownedEntitlements(transaction, id, correlationBatch);
    if (owned.length === 0) {
      break;
    }
    await clearOwners(transaction, owned, now);
    await recordChanges(
      transaction,
      context,
      now,
      owned.map((objectId) => ({
        objectType: 'ENTITLEMENT',
        objectId,
        kind: 'updated',
        before: { ownerId: id },
        after: { ownerId: null },
      })),
    );
  }
  for (const { id: objectId, additionalOwners } of await additionallyOwnedEntitlements(transaction, id)) {
    const before = JSON.parse(additionalOwners) as { readonly id: string }[];
    const left = before.filter((owner) => owner.id !== id);
    const after = left.length === 0 ? null : left;
    await setAdditionalOwners(transaction, objectId, after === null ? null : JSON.stringify(after), now);
    await recordChanges(transaction, context, now, [
      {
        objectType: 'ENTITLEMENT',
        objectId,
        kind: 'updated',
        before: { additionalOwners: before },
        after: { additionalOwners: after },
      },
    ]);
  }
  for (const objectId of await ownedSources(transaction, id)) {
    const source = await lockSource(transaction, objectId);
    if (source !== undefined) {
      const { owner } = source;
      await updateSource(transaction, { ...source, owner: null, modified: now, version: source.version + 1 });
      await recordChanges(transaction, context, now, [
        {
          objectType: 'SOURCE',
          objectId,
          kind: 'updated',
          before: { owner: { type: 'IDENTITY', ...owner } },
          after: { owner: null },
        },
      ]);
    }
  }
  await releaseReferences(transaction, recordTables, id, context, now);
  // After the groups that the identity owns were locked, as whoever deletes a group locks that first.
  await endMemberships(transaction, { identityId: id }, context, now);
  for (const clientId of await tokensOfIdentity(transaction, id)) {
    const client = await lockClient(transaction, clientId);
    if (client !== undefined) {
      await storeDeletion(transaction, client, context);
    }
  }
}

/** Correlates again the accounts that still belong to the identity. */
async function partAccounts(
  transaction: Transaction,
  identityId: string,
  accountIds: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (let start = 0; start < accountIds.length; start += correlationBatch) {
    const found = await matchAccounts(transaction, accountIds.slice(start, start + correlationBatch));
    const left = found.filter((account) => account.identityId === identityId);
    await linkAccounts(
      transaction,
      left.map(({ id, match }) => ({ id, before: identityId, after: match })),
      context,
      now,
    );
  }
}

/** Removes the identity as the manager of its remaining reports. */
async function partReports(
  transaction: Transaction,
  identityId: string,
  context: ChangeContext,
  now: number,
): Promise<void> {
  const parted = await reportsOf(transaction, identityId);
  await setManagers(
    transaction,
    parted.map((id) => ({ id, match: null })),
    now,
  );
  await recordChanges(
    transaction,
    context,
    now,
    parted.map((objectId) => ({
      objectType: 'IDENTITY',
      objectId,
      kind: 'updated',
      before: { managerId: identityId },
      after: { managerId: null },
    })),
  );
}
