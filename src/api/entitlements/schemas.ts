import { type TProperties, Type } from 'typebox';
import { assignedAttribute } from '../metadata/schemas.ts';
import { dateTime, nullable, oneOf, reference } from '../schemas.ts';

const privilegeLevel = oneOf(['HIGH', 'LOW', 'MEDIUM', 'NONE']);

const accessModelMetadata = Type.Object({ attributes: Type.Array(assignedAttribute) }, { additionalProperties: false });

/** The members of both entities (contract A.3). */
const common = {
  id: Type.String(),
  name: Type.String(),
  attribute: nullable(Type.String()),
  value: Type.String(),
  sourceSchemaObjectType: Type.String(),
  description: nullable(Type.String()),
  cloudGoverned: Type.Boolean(),
  requestable: Type.Boolean(),
  owner: nullable(reference('IDENTITY')),
  manuallyUpdatedFields: Type.Object(
    { DISPLAY_NAME: Type.Boolean(), DESCRIPTION: Type.Boolean() },
    { additionalProperties: false },
  ),
  accessModelMetadata,
  created: dateTime,
  modified: dateTime,
  source: reference('SOURCE'),
  attributes: Type.Record(Type.String(), Type.Unknown()),
  segments: nullable(Type.Array(Type.String())),
  directPermissions: Type.Array(
    Type.Object(
      { rights: Type.Array(Type.String()), target: Type.String() },
      { additionalProperties: false, title: 'PermissionDto' },
    ),
  ),
} satisfies TProperties;

/** The entity of beta to v2025 ("V1" in contract A.3). */
export const entitlement = Type.Object(
  {
    ...common,
    privileged: Type.Boolean(),
    additionalOwners: nullable(
      Type.Array(
        Type.Object(
          {
            type: oneOf(['IDENTITY', 'GOVERNANCE_GROUP']),
            id: Type.String(),
            name: Type.Optional(Type.String()),
          },
          { additionalProperties: false, title: 'AdditionalOwnerRef' },
        ),
      ),
    ),
  },
  { additionalProperties: false, title: 'Entitlement' },
);

/** The entity of v2026 and v1 ("V2" in contract A.3). */
export const entitlementV2 = Type.Object(
  {
    ...common,
    privilegeLevel: Type.Object(
      {
        direct: privilegeLevel,
        setBy: Type.Optional(Type.String()),
        setByType: Type.Optional(oneOf(['OVERRIDE', 'CUSTOM_CRITERIA', 'CONNECTOR_CRITERIA', 'SINGLE_LEVEL_CRITERIA'])),
        inherited: privilegeLevel,
        effective: privilegeLevel,
      },
      { additionalProperties: false, title: 'EntitlementPrivilegeLevel' },
    ),
    tags: Type.Array(Type.String()),
  },
  { additionalProperties: false, title: 'EntitlementV2' },
);
