import { badRequestContent, notFound } from '../../errors.ts';
import { difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Database } from '../../storage/database.ts';
import {
  findIdentity,
  type Identity,
  lockHolders,
  lockIdentity,
  updateCapabilities,
} from '../../storage/identities/identities.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { userLevels } from '../oauth/caller.ts';
import { checkVersion } from '../version.ts';

export type { Identity } from '../../storage/identities/identities.ts';

/** The assignable capabilities: the user levels, and capabilities that clients may set but that Muniment does not use. */
export const capabilities = [
  ...userLevels,
  'INTERNAL',
  'POLICY_ADMIN',
  'das:ui-administrator',
  'das:ui-compliance_manager',
  'das:ui-auditor',
  'das:ui-data-scope',
  'sp:aic-dashboard-read',
  'sp:aic-dashboard-write',
  'sp:ui-config-hub-admin',
  'sp:ui-config-hub-backup-admin',
  'sp:ui-config-hub-read',
] as const;

const identityId = /^[0-9a-f]{32}$/;

/** Returns the user with this id. Throws 404. */
export async function getAuthUser(database: Database, id: string): Promise<Identity> {
  const identity = identityId.test(id) ? await findIdentity(database.keyed, id) : undefined;
  if (identity === undefined) {
    throw notFound('identity', id);
  }
  return identity;
}

/**
 * Assigns capabilities to a user.
 * @param edit returns the new capabilities for the current user; may run more than once
 * @throws 404 for an unknown user, 412 for another version, 400 if no user with ORG_ADMIN would be left
 */
export async function assignCapabilities(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  edit: (identity: Identity) => readonly string[],
  context: ChangeContext,
): Promise<Identity> {
  return database.write(async (transaction) => {
    const before = identityId.test(id) ? await lockIdentity(transaction, id) : undefined;
    if (before === undefined) {
      throw notFound('identity', id);
    }
    checkVersion(ifMatch, before.version);
    const wanted = edit(before);
    // Sorted, so that the same capabilities in a different order are not a change.
    const assigned: readonly string[] = capabilities.filter((capability) => wanted.includes(capability));
    const changed = difference({ capabilities: before.capabilities }, { capabilities: assigned });
    if (changed === undefined) {
      return before;
    }
    if (before.capabilities.includes('ORG_ADMIN') && !assigned.includes('ORG_ADMIN')) {
      const administrators = await lockHolders(transaction, 'ORG_ADMIN');
      if (administrators.every((administrator) => administrator === id)) {
        throw badRequestContent(
          `${before.name} is the last user with level ORG_ADMIN and must keep it. Assign it to another user first.`,
        );
      }
    }
    const after = { ...before, capabilities: assigned, modified: Date.now(), version: before.version + 1 };
    await updateCapabilities(transaction, after);
    await recordChanges(transaction, context, after.modified, [
      { objectType: 'IDENTITY', objectId: id, kind: 'updated', ...changed },
    ]);
    return after;
  });
}

/**
 * Resets a user: removes all capabilities, so that only an administrator can assign them again. Tokens are kept, without
 * the rights of the capabilities.
 * @throws as `assignCapabilities`
 */
export async function resetIdentity(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  context: ChangeContext,
): Promise<void> {
  await assignCapabilities(database, id, ifMatch, () => [], context);
}
