/**
 * Serialises entitlements as JSON text, column by column. Attributes, permissions and the other JSON columns except the
 * metadata are passed through as stored, because parsing and serialising them would take most of the time.
 */
import { shownAdditionalOwners } from '../../domain/entitlements/additional-owners.ts';
import type { PrivilegeField } from '../../domain/entitlements/entitlement-patch.ts';
import { type Entitlement, shownDescription, shownName } from '../../domain/entitlements/entitlements.ts';
import { directPrivilege, privilegeOf } from '../../domain/entitlements/privilege.ts';
import type { Related } from '../../domain/entitlements/related.ts';
import { type MetadataAttributes, shownMetadata } from '../../domain/metadata/assignments.ts';
import { wireTime } from '../wire-time.ts';

/** The form of entitlements in a family, and the field that sets their privilege level. */
export interface EntitlementShape {
  readonly name: 'v1' | 'v2';
  /** Returns the JSON of one entitlement. */
  readonly project: (entitlement: Entitlement, related: Related) => string;
  /** Whether the form includes inherited levels. */
  readonly showsInherited: boolean;
  readonly privilegeField: PrivilegeField;
}

/** The entity of beta to v2025 ("V1" in contract A.3). */
export const shapeV1: EntitlementShape = {
  name: 'v1',
  project: (row, { attributes, groups }) =>
    `{${common(row, attributes)},"privileged":${directPrivilege(row) === 'HIGH'},` +
    `"additionalOwners":${shownAdditionalOwners(row.additionalOwners, groups) ?? 'null'}}`,
  showsInherited: false,
  privilegeField: 'privileged',
};

/** The entity of v2026 and v1 ("V2" in contract A.3). */
export const shapeV2: EntitlementShape = {
  name: 'v2',
  project: (row, { inherited, attributes }) =>
    `{${common(row, attributes)},"privilegeLevel":${JSON.stringify(privilegeOf(row, inherited))},"tags":${row.tags ?? '[]'}}`,
  showsInherited: true,
  privilegeField: 'privilegeOverride',
};

/** All shapes by name; the name can be passed to another thread. */
export const shapes: Readonly<Record<EntitlementShape['name'], EntitlementShape>> = { v1: shapeV1, v2: shapeV2 };

function common(row: Entitlement, attributes: MetadataAttributes): string {
  return (
    `"id":"${row.id}","name":${text(shownName(row))},"attribute":${text(row.attribute)},"value":${text(row.value)},` +
    `"sourceSchemaObjectType":${text(row.type)},"description":${text(shownDescription(row))},` +
    `"cloudGoverned":${row.cloudGoverned === 1},"requestable":${row.requestable === 1},` +
    `"owner":${ownerOf(row)},"manuallyUpdatedFields":` +
    `{"DISPLAY_NAME":${row.isNameManual === 1},"DESCRIPTION":${row.isDescriptionManual === 1}},` +
    `"accessModelMetadata":${metadataOf(row, attributes)},` +
    `"created":"${wireTime(row.created)}","modified":"${wireTime(row.modified)}",` +
    `"source":{"type":"SOURCE","id":"${row.sourceId}","name":${text(row.sourceName)}},` +
    `"attributes":${row.attributes},"segments":${row.segments ?? 'null'},"directPermissions":${row.permissions ?? '[]'}`
  );
}

function metadataOf({ accessModelMetadata }: Entitlement, attributes: MetadataAttributes): string {
  return accessModelMetadata === null
    ? '{"attributes":[]}'
    : JSON.stringify(shownMetadata(accessModelMetadata, attributes));
}

function ownerOf(row: Entitlement): string {
  if (row.ownerId === null) {
    return 'null';
  }
  const name = row.ownerName === null ? '' : `,"name":${text(row.ownerName)}`;
  return `{"type":"IDENTITY","id":${text(row.ownerId)}${name}}`;
}

function text(value: string | null): string {
  return JSON.stringify(value);
}
