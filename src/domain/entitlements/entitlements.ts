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
import { referencedGroups } from '../governance-groups/references.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { groupNamesIn, type GroupNames, shownAdditionalOwners } from './additional-owners.ts';
import { assignmentsIn, attributesOf, checkAssignments, type MetadataAttributes } from '../metadata/assignments.ts';
import { type PatchedEntitlement, patchEntitlementRow, type PrivilegeField } from './entitlement-patch.ts';
import { segmentIds } from '../../storage/entitlements/entitlement-segments.ts';
import { checkSegmentsExist } from '../segments/segment-references.ts';
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
 * Throws 404 if there is no such entitlement, 412 if `ifMatch` is another version, 400 for an invalid patch and for a new
 * reference to an object that does not exist.
 */
export async function patchEntitlement(database: Database, patch: EntitlementPatch): Promise<Entitlement> {
  return database.write(async (transaction) => {
    const before = await lockedEntitlement(transaction, patch.id, patch.ifMatch);
    return patchLocked(transaction, before, patch, await referredBy(transaction, [before]));
  });
}

/** The objects to which entitlements refer, as far as a patch shows them. */
export interface Referred {
  readonly attributes: MetadataAttributes;
  readonly groups: GroupNames;
}

/** Returns the objects to which entitlements refer. */
export async function referredBy(transaction: Transaction, entitlements: readonly Entitlement[]): Promise<Referred> {
  return {
    attributes: await attributesOf(
      transaction,
      entitlements.map(({ accessModelMetadata }) => accessModelMetadata),
    ),
    groups: await groupNamesIn(
      transaction,
      entitlements.map(({ additionalOwners }) => additionalOwners),
    ),
  };
}

/**
 * Patches, stores and records a locked entitlement. Throws a 400 for an invalid patch and for a new reference to an object
 * that does not exist.
 */
export async function patchLocked(
  transaction: Transaction,
  before: Entitlement,
  { operations, privilegeField, context }: Pick<EntitlementPatch, 'operations' | 'privilegeField' | 'context'>,
  { attributes, groups }: Referred,
): Promise<Entitlement> {
  const shown = { ...before, additionalOwners: shownAdditionalOwners(before.additionalOwners, groups) };
  const patched = patchEntitlementRow(shown, operations, privilegeField, context.actorId, attributes);
  const { governance, ownerName } = await withReferences(transaction, before, patched);
  await checkSegmentsExist(transaction, addedSegments(before, governance));
  const after = await storeGovernance(transaction, before, governance, context);
  return after === before ? before : { ...after, ownerName };
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

/** The ids of the segments to which a change assigns an entitlement: existing assignments are not checked again. */
function addedSegments(before: Entitlement, after: Pick<Entitlement, 'segments'>): string[] {
  const known = new Set(segmentIds(before.segments));
  return segmentIds(after.segments).filter((id) => !known.has(id));
}

/** Adds the names of additional owners and the owner to the governance data. Throws as `checkReferences`. */
async function withReferences(
  transaction: Transaction,
  before: Entitlement,
  { governance, additionalOwners, newReferences, newGroups }: PatchedEntitlement,
): Promise<{ governance: EntitlementGovernance; ownerName: string | null }> {
  const names = await checkReferences(transaction, newReferences);
  await checkReferences(transaction, newGroups, referencedGroups);
  const named = additionalOwners?.map(({ type, id, name }) =>
    type === 'GOVERNANCE_GROUP' ? { type, id } : { type, id, name: names.get(id) ?? name },
  );
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
