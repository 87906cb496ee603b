import { illegalValue, referencedObjectNotFound } from '../../errors.ts';
import type { Transaction } from '../../storage/database.ts';
import { findReferencedSegments, segmentIds } from '../../storage/entitlements/entitlement-segments.ts';
import type { EntitlementGovernance, GovernedEntitlement } from '../../storage/entitlements/entitlements.ts';
import { findMetadataAttributes } from '../../storage/metadata/attributes.ts';
import { groupsOfConfig } from '../../storage/request-config/request-config.ts';
import { tagsColumn, tagsIn } from '../../storage/tags/object-tags.ts';
import { referencedGroups } from '../governance-groups/references.ts';
import {
  assignmentsIn,
  attributesOf,
  checkAssignments,
  type MetadataAttributes,
  refuseUnknown,
  storedAssignments,
} from '../metadata/assignments.ts';
import { changedAssignments, type MetadataChange } from '../metadata/metadata-change.ts';
import { namesOfReferences, type NewReference, refuseWrongReferences } from '../resources/identity-references.ts';
import { type TagChange, tagsAfter } from '../tags/tag-change.ts';
import { mostTags } from '../tags/tag-names.ts';
import { type GroupNames, shownAdditionalOwners } from './additional-owners.ts';
import { type PatchedEntitlement, patchEntitlementRow, type PrivilegeField } from './entitlement-patch.ts';

/** A change of an entitlement. Absent parts change nothing; the others are applied in this order. */
export interface BulkChange {
  /** The operations of a JSON Patch, unchecked. */
  readonly operations?: readonly unknown[] | undefined;
  /** The field with which they set the privilege level. Default `privilegeOverride`. */
  readonly privilegeField?: PrivilegeField | undefined;
  readonly metadata?: MetadataChange | undefined;
  readonly tags?: TagChange | undefined;
  /** The request configuration in stored form; null to inherit it. */
  readonly requestConfig?: string | null | undefined;
}

/** A changed entitlement before the objects are looked up to which the change refers. */
export interface Draft extends Pick<PatchedEntitlement, 'newReferences' | 'newGroups' | 'emptyAttributes'> {
  readonly before: GovernedEntitlement;
  /** With the present additional owners. */
  readonly governance: EntitlementGovernance;
  /** Undefined if they are not patched. */
  readonly additionalOwners: PatchedEntitlement['additionalOwners'] | undefined;
  /** The segments to which the entitlement is assigned: existing assignments are not checked again. */
  readonly addedSegments: readonly string[];
}

/** The governance data after a change, with the name of the owner. */
export interface FinishedDraft {
  readonly governance: EntitlementGovernance;
  readonly ownerName: string | null;
}

/** What drafts of a batch have in common. */
interface Surroundings {
  /** The names of the groups among the additional owners. */
  readonly groups: GroupNames;
  /** The metadata attributes that the entitlements have. */
  readonly attributes: MetadataAttributes;
  /** The identity that changes the entitlements. */
  readonly actorId: string | null;
}

/** Applies a change to an entitlement. Throws a 400 as `patchEntitlementRow`. */
export function draftOf(
  before: GovernedEntitlement,
  {
    operations,
    privilegeField = 'privilegeOverride',
    metadata,
    tags,
    requestConfig = before.requestConfig,
  }: BulkChange,
  { groups, attributes, actorId }: Surroundings,
): Draft {
  const shown = { ...before, additionalOwners: shownAdditionalOwners(before.additionalOwners, groups) };
  const patched =
    operations === undefined ? undefined : patchEntitlementRow(shown, operations, privilegeField, actorId, attributes);
  const governance = {
    ...before,
    ...patched?.governance,
    requestConfig,
    tags: tags === undefined ? before.tags : changedTags(before.tags, tags),
  };
  const { accessModelMetadata } = governance;
  return {
    before,
    governance:
      metadata === undefined
        ? governance
        : { ...governance, accessModelMetadata: changedMetadata(accessModelMetadata, metadata) },
    additionalOwners: patched?.additionalOwners,
    newReferences: patched?.newReferences ?? [],
    newGroups: [...(patched?.newGroups ?? []), ...newApprovers(before, requestConfig)],
    emptyAttributes: patched?.emptyAttributes ?? [],
    addedSegments: addedSegments(before, governance),
  };
}

/**
 * Looks up the objects to which drafts refer, and returns the function that completes a draft. It throws a 400 for an
 * object that does not exist, and as `checkAssignments`.
 */
export async function finisherOf(
  transaction: Transaction,
  drafts: readonly Draft[],
): Promise<(draft: Draft) => FinishedDraft> {
  const identities = await namesOfReferences(
    transaction,
    drafts.flatMap(({ newReferences }) => newReferences),
  );
  const groups = await namesOfReferences(
    transaction,
    drafts.flatMap(({ newGroups }) => newGroups),
    referencedGroups,
  );
  const segments = await findReferencedSegments(
    transaction,
    drafts.flatMap((draft) => draft.addedSegments),
  );
  const changed = drafts.filter(({ before, governance }) => isMetadataChanged(before, governance));
  const attributes = await attributesOf(
    transaction,
    changed.map(({ governance }) => governance.accessModelMetadata),
  );
  // They are not stored, but a misspelt key must not be ignored.
  const emptyAttributes = await findMetadataAttributes(transaction, [
    ...new Set(drafts.flatMap((draft) => draft.emptyAttributes)),
  ]);
  return (draft) => {
    const { before, governance } = draft;
    refuseUnknown(
      draft.emptyAttributes.map((key) => ({ key, values: [] })),
      emptyAttributes,
    );
    refuseWrongReferences(draft.newReferences, identities);
    refuseWrongReferences(draft.newGroups, groups, referencedGroups);
    const unknown = draft.addedSegments.find((id) => !segments.has(id));
    if (unknown !== undefined) {
      throw referencedObjectNotFound('segment', unknown);
    }
    if (isMetadataChanged(before, governance)) {
      const after = assignmentsIn(governance.accessModelMetadata);
      checkAssignments(after, assignmentsIn(before.accessModelMetadata), attributes);
    }
    const { ownerId } = governance;
    return {
      governance: { ...governance, additionalOwners: namedOwners(draft, identities) },
      ownerName: ownerId === null ? null : (identities.get(ownerId) ?? before.ownerName),
    };
  };
}

/** Returns additional owners in stored form, with the names of identities. Those of groups can change. */
function namedOwners(
  { before, additionalOwners }: Draft,
  identities: ReadonlyMap<string, string>,
): EntitlementGovernance['additionalOwners'] {
  if (additionalOwners === undefined) {
    return before.additionalOwners;
  }
  const named = additionalOwners?.map(({ type, id, name }) =>
    type === 'GOVERNANCE_GROUP' ? { type, id } : { type, id, name: identities.get(id) ?? name },
  );
  return named === undefined ? null : JSON.stringify(named);
}

function isMetadataChanged(before: GovernedEntitlement, governance: EntitlementGovernance): boolean {
  return governance.accessModelMetadata !== before.accessModelMetadata;
}

/** Returns the metadata after a change; what is stored if nothing has changed, which may have further members. */
function changedMetadata(stored: string | null, change: MetadataChange): string | null {
  const before = assignmentsIn(stored);
  const after = storedAssignments(changedAssignments(before, change));
  return after === storedAssignments(before) ? stored : after;
}

/** Returns the column with the tags after a change. Throws a 400 for too many. */
function changedTags(stored: string | null, change: TagChange): string | null {
  const before = tagsIn(stored);
  const after = tagsAfter(before, change);
  if (after.length > Math.max(mostTags, before.length)) {
    throw illegalValue(`The entitlement would have ${after.length} tags. At most ${mostTags} are allowed.`);
  }
  return tagsColumn(after);
}

/** The governance groups that approve by a new request configuration. */
function newApprovers({ requestConfig: before }: GovernedEntitlement, after: string | null): NewReference[] {
  if (after === before) {
    return [];
  }
  return groupsOfConfig(after).map((id) => ({ field: 'requestConfig', noun: referencedGroups.noun, id }));
}

function addedSegments(before: GovernedEntitlement, after: EntitlementGovernance): string[] {
  if (after.segments === before.segments) {
    return [];
  }
  const known = new Set(segmentIds(before.segments));
  return segmentIds(after.segments).filter((id) => !known.has(id));
}
