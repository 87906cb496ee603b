import { isDeepStrictEqual } from 'node:util';
import {
  type EntitlementGovernance,
  type GovernedEntitlement,
  shownDescription,
  shownName,
} from '../../storage/entitlements/entitlements.ts';
import type { Flag } from '../../storage/tables.ts';
import {
  type AdditionalOwner,
  checkAdditionalOwners,
  checkBoolean,
  checkDescription,
  checkLevel,
  checkManuallyUpdatedFields,
  checkMetadata,
  checkName,
  checkOwner,
  checkSegments,
} from './entitlement-fields.ts';
import { parsePointer } from '../json-pointer.ts';
import {
  type Assignment,
  assignmentsIn,
  type MetadataAttributes,
  shownMetadata,
  storedAssignments,
} from '../metadata/assignments.ts';
import { refuseMalformed } from '../json-patch.ts';
import { type Patchable, patchedDocument, refuseOtherPaths } from '../patchable.ts';
import { type NewReference, newReference, type ReceivedReference } from '../resources/identity-references.ts';
import { directPrivilege } from './privilege.ts';
import { refuseUnstorable } from '../storable.ts';

/** The field that sets the privilege level of an entity: the older one's flag, or the newer one's override (contract A.1). */
export type PrivilegeField = 'privileged' | 'privilegeOverride';

/** The result of a patch of an entitlement, before its references are looked up. */
export interface PatchedEntitlement {
  readonly governance: Omit<EntitlementGovernance, 'additionalOwners' | 'requestConfig'>;
  readonly additionalOwners: readonly AdditionalOwner[] | null;
  /** New references to identities. */
  readonly newReferences: readonly NewReference[];
  /** New references to governance groups. */
  readonly newGroups: readonly NewReference[];
  /** The keys of metadata attributes that are sent without values and that the entitlement did not have. */
  readonly emptyAttributes: readonly string[];
}

/** The path that sets the privilege level. */
export const privilegePaths: Readonly<Record<PrivilegeField, string>> = {
  privileged: '/privileged',
  privilegeOverride: '/privilegeOverride/level',
};

/** The patchable parts. */
const patchable: Readonly<Record<PrivilegeField, Patchable>> = {
  privileged: patchableWith(privilegePaths.privileged),
  privilegeOverride: patchableWith(privilegePaths.privilegeOverride),
};

function patchableWith(privilege: string): Patchable {
  return {
    paths: [
      '/requestable',
      privilege,
      '/segments',
      '/owner',
      '/name',
      '/description',
      '/manuallyUpdatedFields',
      '/additionalOwners',
      '/accessModelMetadata',
    ],
    nullableArrays: ['/segments', '/additionalOwners'],
  };
}

/**
 * Applies a JSON Patch to the user-editable part of an entitlement, and checks the result.
 *
 * A name or description that an operation sets counts as updated manually, even if the value does not change, unless a
 * later operation sets its `manuallyUpdatedFields`. Likewise, an operation on the privilege level counts as an override.
 *
 * @param operations as received, unchecked
 * @param actorId the identity that sends the patch
 * @param attributes the metadata attributes of the entitlement before the patch
 * @throws 400 for a path that cannot be patched, a failing operation, and an invalid field in the result
 */
export function patchEntitlementRow(
  before: GovernedEntitlement,
  operations: readonly unknown[],
  privilegeField: PrivilegeField,
  actorId: string | null,
  attributes: MetadataAttributes,
): PatchedEntitlement {
  const documentBefore = documentOf(before, privilegeField, attributes);
  const document = patchedDocument(patchable[privilegeField], documentBefore, operations);
  refuseUnstorable(document, '');
  const touches = touchesOf(operations);

  const owner = checkOwner(document['owner']);
  const additionalOwners = checkAdditionalOwners(document['additionalOwners']);
  const privilegeOverride = overrideAfter(before, document, privilegeField, touches);
  const manual = manualAfter(document, touches);
  const metadata = checkMetadata(document['accessModelMetadata']);
  return {
    governance: {
      ...manual,
      ownerId: owner?.id ?? null,
      requestable: flag(checkBoolean(document['requestable'], 'requestable')),
      privilegeOverride,
      privilegeOverrideBy: setterAfter(before, privilegeOverride, actorId),
      segments: jsonOrNull(checkSegments(document['segments'])),
      accessModelMetadata: metadataAfter(before.accessModelMetadata, metadata),
      tags: before.tags,
    },
    additionalOwners,
    newReferences: [
      ...newOwner(owner, documentBefore.owner),
      ...newAdditionalOwners(documentBefore.additionalOwners, additionalOwners, 'IDENTITY'),
    ],
    newGroups: newAdditionalOwners(documentBefore.additionalOwners, additionalOwners, 'GOVERNANCE_GROUP'),
    emptyAttributes: newEmptyAttributes(before.accessModelMetadata, metadata),
  };
}

/** Throws a 400 for the first operation that no entitlement allows: it is malformed, or its path cannot be patched. */
export function refuseOperations(operations: readonly unknown[], privilegeField: PrivilegeField): void {
  refuseMalformed(operations);
  refuseOtherPaths(
    patchable[privilegeField],
    Object.fromEntries(patchable[privilegeField].paths.map((path) => [path.split('/')[1], null])),
    operations,
  );
}

/** The patchable part, in the contract's form. */
function documentOf(row: GovernedEntitlement, privilegeField: PrivilegeField, attributes: MetadataAttributes) {
  const name = row.ownerName === null ? {} : { name: row.ownerName };
  return {
    requestable: row.requestable === 1,
    ...(privilegeField === 'privileged'
      ? { privileged: directPrivilege(row) === 'HIGH' }
      : { privilegeOverride: { level: row.privilegeOverride } }),
    segments: parsed(row.segments),
    owner: row.ownerId === null ? null : { type: 'IDENTITY', id: row.ownerId, ...name },
    name: shownName(row),
    description: shownDescription(row),
    manuallyUpdatedFields: {
      DISPLAY_NAME: row.isNameManual === 1,
      DESCRIPTION: row.isDescriptionManual === 1,
    },
    additionalOwners: parsed(row.additionalOwners),
    accessModelMetadata: shownMetadata(row.accessModelMetadata, attributes),
  };
}

/** The pointers that operations write to, in order; undefined for those that write nothing. */
type Touches = readonly (readonly string[] | undefined)[];

function touchesOf(operations: readonly unknown[]): Touches {
  return operations.flatMap((operation) => {
    const { op, path, from } = operation as { op: string; path: string; from?: string };
    if (op === 'test') {
      return [undefined];
    }
    return op === 'move' ? [parsePointer(from ?? ''), parsePointer(path)] : [parsePointer(path)];
  });
}

/** The index of the last operation that wrote to the field or to an ancestor; -1 for none. */
function lastTouch(touches: Touches, ...field: string[]): number {
  return touches.findLastIndex(
    (path) => path !== undefined && path.slice(0, field.length).every((token, level) => token === field[level]),
  );
}

function manualAfter(
  document: Record<string, unknown>,
  touches: Touches,
): Pick<EntitlementGovernance, 'manualName' | 'manualDescription' | 'isNameManual' | 'isDescriptionManual'> {
  const flags = checkManuallyUpdatedFields(document['manuallyUpdatedFields']);
  const isManual = (field: 'name' | 'description', key: 'DISPLAY_NAME' | 'DESCRIPTION'): boolean =>
    lastTouch(touches, field) > lastTouch(touches, 'manuallyUpdatedFields', key) || flags[key];
  const isNameManual = isManual('name', 'DISPLAY_NAME');
  const isDescriptionManual = isManual('description', 'DESCRIPTION');
  const name = checkName(document['name'], lastTouch(touches, 'name') >= 0);
  const description = checkDescription(document['description']);
  return {
    isNameManual: flag(isNameManual),
    manualName: isNameManual ? name : null,
    isDescriptionManual: flag(isDescriptionManual),
    manualDescription: isDescriptionManual ? description : null,
  };
}

function overrideAfter(
  before: GovernedEntitlement,
  document: Record<string, unknown>,
  privilegeField: PrivilegeField,
  touches: Touches,
): string | null {
  if (lastTouch(touches, privilegeField) < 0) {
    return before.privilegeOverride;
  }
  const value = document[privilegeField];
  if (privilegeField === 'privilegeOverride') {
    return checkLevel(value);
  }
  if (value === undefined) {
    return null;
  }
  return checkBoolean(value, 'privileged') ? 'HIGH' : 'NONE';
}

function setterAfter(before: GovernedEntitlement, override: string | null, actorId: string | null): string | null {
  if (override === before.privilegeOverride) {
    return before.privilegeOverrideBy;
  }
  return override === null ? null : actorId;
}

/** Returns what is stored if nothing has changed, which may have further members or another order. */
function metadataAfter(before: string | null, received: readonly Assignment[]): string | null {
  const after = storedAssignments(received);
  return after === storedAssignments(assignmentsIn(before)) ? before : after;
}

function newEmptyAttributes(before: string | null, received: readonly Assignment[]): string[] {
  const had = new Set(assignmentsIn(before).map(({ key }) => key));
  return received.filter(({ key, values }) => values.length === 0 && !had.has(key)).map(({ key }) => key);
}

function newOwner(owner: ReceivedReference | null, before: ReceivedReference | null): NewReference[] {
  const reference = owner === null ? undefined : newReference('owner', owner, before);
  return reference === undefined ? [] : [reference];
}

function newAdditionalOwners(
  before: unknown,
  owners: readonly AdditionalOwner[] | null,
  type: AdditionalOwner['type'],
): NewReference[] {
  const noun = type === 'IDENTITY' ? 'additional owner' : 'governance group';
  const known: readonly AdditionalOwner[] = Array.isArray(before) ? before : [];
  return (owners ?? [])
    .filter((owner) => owner.type === type)
    .filter((owner) => !known.some((other) => isDeepStrictEqual(other, JSON.parse(JSON.stringify(owner)))))
    .map(({ id, name }) => ({ field: 'additionalOwners', noun, id, name }));
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
