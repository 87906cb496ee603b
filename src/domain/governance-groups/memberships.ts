import { setImmediate as nextTick } from 'node:timers/promises';
import { notFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import { type Change, recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import {
  countConnectedSources,
  type ConnectedSource,
  listConnectedSources,
} from '../../storage/governance-groups/connections.ts';
import { governanceGroupTable } from '../../storage/governance-groups/governance-groups.ts';
import * as stored from '../../storage/governance-groups/memberships.ts';
import { findReferencedIdentities } from '../../storage/identities/identities.ts';
import { fold } from '../../storage/query/fold.ts';
import { findRecord, lockRecord } from '../../storage/resources/records.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import type { ReceivedReference } from '../resources/identity-references.ts';
import { shownValue } from '../shown-value.ts';
import { refuseUnstorable } from '../storable.ts';
import type { ItemResult } from './item-result.ts';

/** How many memberships are deleted before other requests are served. */
const batch = 200;

/** Lists the members of a group, and counts them if requested. Throws 404. */
export async function listMembers(
  database: Database,
  groupId: string,
  list: ListQuery,
): Promise<{ readonly members: readonly stored.Member[]; readonly total: number | undefined }> {
  await requireGroup(database, groupId);
  const [members, total] = await Promise.all([
    list.limit === 0 ? [] : stored.listMembers(database.scan, groupId, list),
    list.count ? stored.countMembers(database.scan, groupId, list) : undefined,
  ]);
  return { members, total };
}

/** Lists the objects that a group is connected with, which are the sources that it manages. Throws 404. */
export async function listConnections(
  database: Database,
  groupId: string,
  list: ListQuery,
): Promise<{ readonly sources: readonly ConnectedSource[]; readonly total: number | undefined }> {
  await requireGroup(database, groupId);
  const [sources, total] = await Promise.all([
    list.limit === 0 ? [] : listConnectedSources(database.scan, groupId, list),
    list.count ? countConnectedSources(database.scan, groupId, list) : undefined,
  ]);
  return { sources, total };
}

/**
 * Adds identities to a group. The status of one that was added is 201, of one that is a member 409, of one that does not
 * exist 404, of one with another name 400 (contract B.5).
 * @throws 404 if there is no such group, 400 for text that cannot be stored
 */
export async function addMembers(
  database: Database,
  groupId: string,
  members: readonly ReceivedReference[],
  context: ChangeContext,
): Promise<ItemResult[]> {
  refuseUnstorable(members, '');
  return database.write(async (transaction) => {
    await lockGroup(transaction, groupId);
    const ids = members.map(({ id }) => id);
    const identities = await findReferencedIdentities(transaction, ids);
    const names = new Map(identities.map(({ id, name }) => [id, name]));
    const known = new Set((await stored.findMembershipsOf(transaction, groupId, ids)).map((one) => one.identityId));
    const now = Date.now();
    const made: stored.Membership[] = [];
    const results = members.map(({ id, name }): ItemResult => {
      const current = names.get(id);
      if (current === undefined) {
        return { id, status: 404, description: notFound('identity', id).message };
      }
      if (name !== undefined && name !== null && fold(name) !== fold(current)) {
        const called = `The name is ${shownValue(name)}, but identity ${id} is called ${shownValue(current)}.`;
        return { id, status: 400, description: `${called} Send that name or omit it.` };
      }
      if (known.has(id)) {
        return { id, status: 409, description: `Identity ${id} is a member already.` };
      }
      known.add(id);
      made.push({ id: newId(), groupId, identityId: id, created: now });
      return { id, status: 201, description: 'Member added.' };
    });
    await stored.insertMemberships(transaction, made);
    await recordChanges(
      transaction,
      context,
      now,
      made.map((membership) => ({
        ...headOf(membership),
        kind: 'created',
        before: null,
        after: stored.membershipState(membership),
      })),
    );
    return results;
  });
}

/**
 * Removes identities from a group. The status of one that was removed is 204, of one that is no member 404.
 * @throws 404 if there is no such group, 400 for text that cannot be stored
 */
export async function removeMembers(
  database: Database,
  groupId: string,
  members: readonly ReceivedReference[],
  context: ChangeContext,
): Promise<ItemResult[]> {
  refuseUnstorable(members, '');
  return database.write(async (transaction) => {
    await lockGroup(transaction, groupId);
    const ids = members.map(({ id }) => id);
    const found = await stored.findMembershipsOf(transaction, groupId, ids);
    // The deletion of an identity, which does not lock the group, may have ended some of them since.
    const memberships = await deleteAll(transaction, found, context, Date.now());
    const left = new Set(memberships.map(({ identityId }) => identityId));
    // An identity that is named twice is no member any more the second time.
    return members.map(({ id }) =>
      left.delete(id)
        ? { id, status: 204, description: 'Member removed.' }
        : { id, status: 404, description: `Identity ${id} is not a member.` },
    );
  });
}

/** Deletes all memberships of a group or an identity that is being deleted. */
export async function endMemberships(
  transaction: Transaction,
  of: { readonly groupId: string } | { readonly identityId: string },
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (;;) {
    const memberships = await stored.lockMemberships(transaction, of, batch);
    if (memberships.length === 0) {
      return;
    }
    await deleteAll(transaction, memberships, context, now);
    await nextTick();
  }
}

/** Deletes memberships and records those that this transaction has deleted, which it returns. */
async function deleteAll(
  transaction: Transaction,
  memberships: readonly stored.Membership[],
  context: ChangeContext,
  now: number,
): Promise<readonly stored.Membership[]> {
  const ids = await stored.deleteMemberships(
    transaction,
    memberships.map(({ id }) => id),
  );
  const deleted = memberships.filter(({ id }) => ids.has(id));
  await recordChanges(
    transaction,
    context,
    now,
    deleted.map((membership) => ({
      ...headOf(membership),
      kind: 'deleted',
      before: stored.membershipState(membership),
      after: null,
    })),
  );
  return deleted;
}

function headOf({ id }: stored.Membership): Pick<Change, 'objectType' | 'objectId'> {
  return { objectType: 'GOVERNANCE_GROUP_MEMBERSHIP', objectId: id };
}

async function requireGroup(database: Database, id: string): Promise<void> {
  if ((await findRecord(database.keyed, governanceGroupTable, id)) === undefined) {
    throw notFound('governance group', id);
  }
}

async function lockGroup(transaction: Transaction, id: string): Promise<void> {
  if ((await lockRecord(transaction, governanceGroupTable, id)) === undefined) {
    throw notFound('governance group', id);
  }
}
