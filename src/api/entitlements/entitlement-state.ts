/**
 * The entity of `/muniment/v1`: the state of an entitlement without other objects. It is the newer entity of the contract
 * (A.3) without members that depend on other objects (`privilegeLevel.inherited` and `effective`) or that nothing sets
 * yet (`cloudGoverned`), plus the additional owners of the older one, the values of the parents, `isListed`, and what is
 * set of the request configuration.
 */
import { Type } from 'typebox';
import { withGroupNames } from '../../domain/entitlements/additional-owners.ts';
import type { EntitlementState } from '../../domain/entitlements/entitlement-history.ts';
import { shownDescription, shownName } from '../../domain/entitlements/entitlements.ts';
import { privilegeOf } from '../../domain/entitlements/privilege.ts';
import { shownMetadata } from '../../domain/metadata/assignments.ts';
import { setRequestConfig } from '../request-config/schemas.ts';
import { dateTime, nullable } from '../schemas.ts';
import { wireTime } from '../wire-time.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const { cloudGoverned: _cloudGoverned, privilegeLevel, ...common } = entitlementV2.properties;
const { inherited: _inherited, effective: _effective, ...ownLevel } = privilegeLevel.properties;

export const entitlementState = Type.Object(
  {
    ...common,
    modified: nullable(dateTime),
    privilegeLevel: Type.Object(ownLevel, { additionalProperties: false }),
    additionalOwners: entitlement.properties.additionalOwners,
    requestConfig: nullable(setRequestConfig),
    isListed: Type.Boolean({ description: 'Whether the last complete file of its source contains it.' }),
    parents: Type.Array(Type.String(), { description: 'The values of the parents, whether they exist or not.' }),
  },
  { additionalProperties: false, title: 'EntitlementState' },
);

/** Serialises the state of an entitlement. References have the current names, or none. */
export function toEntitlementState({
  id,
  fields,
  names,
  attributes,
  groups,
  modified,
}: EntitlementState): Record<string, unknown> {
  const shown = {
    ...fields,
    sourceDisplayName: fields.displayName,
    sourceDescription: fields.description,
    sourcePrivilege: fields.privilege,
    isNameManual: fields.isNameManual ? (1 as const) : (0 as const),
    isDescriptionManual: fields.isDescriptionManual ? (1 as const) : (0 as const),
  };
  const { direct, setBy, setByType } = privilegeOf(shown, 'NONE');
  return {
    id,
    name: shownName(shown),
    attribute: names.attribute,
    value: fields.value,
    sourceSchemaObjectType: fields.type,
    description: shownDescription(shown),
    requestable: fields.requestable,
    owner: fields.ownerId === null ? null : { type: 'IDENTITY', id: fields.ownerId, ...named(names.ownerName) },
    manuallyUpdatedFields: { DISPLAY_NAME: fields.isNameManual, DESCRIPTION: fields.isDescriptionManual },
    accessModelMetadata: shownMetadata(fields.accessModelMetadata, attributes),
    created: fields.created,
    modified: modified === null ? null : wireTime(modified),
    source: { type: 'SOURCE', id: fields.sourceId, ...named(names.sourceName) },
    attributes: fields.attributes,
    segments: fields.segments,
    tags: fields.tags ?? [],
    directPermissions: fields.permissions ?? [],
    privilegeLevel: {
      direct,
      ...(setBy === undefined ? {} : { setBy }),
      ...(setByType === undefined ? {} : { setByType }),
    },
    additionalOwners: fields.additionalOwners === null ? null : withGroupNames(fields.additionalOwners, groups),
    requestConfig: fields.requestConfig ?? null,
    isListed: fields.isListed ?? true,
    parents: fields.parents,
  };
}

function named(name: string | null): { name?: string } {
  return name === null ? {} : { name };
}
