import { notFound } from '../../errors.ts';
import { type Change, difference, recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { governanceState } from '../../storage/entitlements/entitlement-record.ts';
import type { EntitlementScope } from '../../storage/entitlements/entitlement-lists.ts';
import {
  changedGovernance,
  type EntitlementGovernance,
  type EntitlementRow as Entitlement,
  findEntitlement,
  lockEntitlement,
  updateGovernance,
} from '../../storage/entitlements/entitlements.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { type PatchedEntitlement, patchEntitlementRow, type PrivilegeField } from './entitlement-patch.ts';
import { checkReferences } from '../resources/identity-references.ts';
import { checkVersion } from '../version.ts';

export {
  type EntitlementRow as Entitlement,
  shownDescription,
  shownName,
} from '../../storage/entitlements/entitlements.ts';
export {
  countEntitlements as countHits,
  type EntitlementScope,
  findEntitlements as findPage,
} from '../../storage/entitlements/entitlement-lists.ts';

/** Returns one entitlement. Throws 404 if there is none with that id. */
export async function getEntitlement(database: Database, id: string): Promise<Entitlement> {
  const entitlement = await findEntitlement(database.keyed, id);
  if (entitlement === undefined) {
    throw notFound('entitlement', id);
  }
  return entitlement;
}

/**
 * Returns the direct parents or children of an entitlement. The hierarchy is stored by value, so it does not matter which
 * of two relatives was loaded first. Throws 404 if there is no entitlement with that id.
 */
export async function relativesOf(
  database: Database,
  of: 'parents' | 'children',
  id: string,
): Promise<EntitlementScope> {
  const { sourceId, type, value } = await getEntitlement(database, id);
  return { of, entitlement: { id, sourceId, type, value } };
}

/** A patch of an entitlement. */
export interface EntitlementPatch {
  readonly id: string;
  /** The operations of a JSON Patch, unchecked. */
  readonly operations: readonly unknown[];
  /** The field with which this family sets the privilege level. */
  readonly privilegeField: PrivilegeField;
  /** The version that the caller expects, if any. */
  readonly ifMatch: number | undefined;
  readonly context: ChangeContext;
}

/**
 * Applies a JSON Patch to the user-editable part of an entitlement, entirely or not at all. A patch that changes nothing
 * does not change version and time.
 * Throws 404 if there is no such entitlement, 412 if `ifMatch` is another version, 400 for an invalid patch.
 */
export async function patchEntitlement(database: Database, patch: EntitlementPatch): Promise<Entitlement> {
  const { id, context } = patch;
  return database.write(async (transaction) => {
    const before = id.includes('\0') ? undefined : await lockEntitlement(transaction, id);
    if (before === undefined) {
      throw notFound('entitlement', id);
    }
    checkVersion(patch.ifMatch, before.version);
    const now = Date.now();
    const { entitlement, change } = await patchLocked(transaction, before, patch, now);
    await recordChanges(transaction, context, now, change === undefined ? [] : [change]);
    return entitlement;
  });
}

/** An entitlement after a patch, and the change to record; undefined if nothing has changed. */
export interface PatchResult {
  readonly entitlement: Entitlement;
  readonly change: Change | undefined;
}

/** Patches and stores a locked entitlement. The caller records the change. Throws a 400 for an invalid patch. */
export async function patchLocked(
  transaction: Transaction,
  before: Entitlement,
  { operations, privilegeField, context }: Pick<EntitlementPatch, 'operations' | 'privilegeField' | 'context'>,
  now: number,
): Promise<PatchResult> {
  const patched = patchEntitlementRow(before, operations, privilegeField, context.actorId);
  const { governance, ownerName } = await withReferences(transaction, before, patched);
  const fields = changedGovernance(before, governance);
  const changed = difference(governanceState(before, fields), governanceState(governance, fields));
  if (changed === undefined) {
    return { entitlement: before, change: undefined };
  }
  await updateGovernance(transaction, before, governance, now);
  return {
    entitlement: { ...before, ...governance, ownerName, modified: now, version: before.version + 1 },
    change: { objectType: 'ENTITLEMENT', objectId: before.id, kind: 'updated', ...changed },
  };
}

/** Adds the names of additional owners and the owner to the governance data. Throws as `checkReferences`. */
async function withReferences(
  transaction: Transaction,
  before: Entitlement,
  { governance, additionalOwners, newReferences }: PatchedEntitlement,
): Promise<{ governance: EntitlementGovernance; ownerName: string | null }> {
  const names = await checkReferences(transaction, newReferences);
  const named = additionalOwners?.map((owner) => ({ ...owner, name: names.get(owner.id) ?? owner.name }));
  const { ownerId } = governance;
  return {
    governance: {
      ...governance,
      additionalOwners: named === undefined ? null : JSON.stringify(named),
      requestConfig: before.requestConfig,
    },
    ownerName: ownerId === null ? null : (names.get(ownerId) ?? before.ownerName),
  };
}
