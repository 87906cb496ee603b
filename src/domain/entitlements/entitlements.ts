import { notFound } from '../../errors.ts';
import { difference, recordChanges } from '../../storage/changes/changes.ts';
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
import { groupNamesIn } from './additional-owners.ts';
import { assignmentsIn, attributesOf, checkAssignments } from '../metadata/assignments.ts';
import { draftOf, finisherOf } from './change-draft.ts';
import type { PrivilegeField } from './entitlement-patch.ts';
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
 * Throws 404 if there is no such entitlement, 412 if `ifMatch` is another version, 400 for an invalid patch and for a new
 * reference to an object that does not exist.
 */
export async function patchEntitlement(
  database: Database,
  { id, operations, privilegeField, ifMatch, context }: EntitlementPatch,
): Promise<Entitlement> {
  return database.write(async (transaction) => {
    const before = await lockedEntitlement(transaction, id, ifMatch);
    const draft = draftOf(
      before,
      { operations, privilegeField },
      {
        groups: await groupNamesIn(transaction, [before.additionalOwners]),
        attributes: await attributesOf(transaction, [before.accessModelMetadata]),
        actorId: context.actorId,
      },
    );
    const { governance, ownerName } = (await finisherOf(transaction, [draft]))(draft);
    const after = await storeGovernance(transaction, before, governance, context);
    return after === before ? before : { ...after, ownerName };
  });
}

/** Returns an entitlement and locks it. Throws 404, and 412 if `ifMatch` is another version. */
export async function lockedEntitlement(
  transaction: Transaction,
  id: string,
  ifMatch: number | undefined,
): Promise<Entitlement> {
  const entitlement = id.includes('\0') ? undefined : await lockEntitlement(transaction, id);
  if (entitlement === undefined) {
    throw notFound('entitlement', id);
  }
  checkVersion(ifMatch, entitlement.version);
  return entitlement;
}

/**
 * Stores and records new governance data of a locked entitlement, and returns the entitlement. Writes nothing if nothing
 * has changed. Metadata is checked if it has changed.
 */
export async function storeGovernance(
  transaction: Transaction,
  before: Entitlement,
  governance: EntitlementGovernance,
  context: ChangeContext,
): Promise<Entitlement> {
  const fields = changedGovernance(before, governance);
  const changed = difference(governanceState(before, fields), governanceState(governance, fields));
  if (changed === undefined) {
    return before;
  }
  if (governance.accessModelMetadata !== before.accessModelMetadata) {
    const attributes = await attributesOf(transaction, [governance.accessModelMetadata]);
    checkAssignments(
      assignmentsIn(governance.accessModelMetadata),
      assignmentsIn(before.accessModelMetadata),
      attributes,
    );
  }
  const now = Date.now();
  await updateGovernance(transaction, before, governance, now);
  await recordChanges(transaction, context, now, [
    { objectType: 'ENTITLEMENT', objectId: before.id, kind: 'updated', ...changed },
  ]);
  return { ...before, ...governance, modified: now, version: before.version + 1 };
}
