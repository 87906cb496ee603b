import { Type } from 'typebox';
import { connectionTypes, settableTypes } from '../../domain/connections/connections.ts';
import { privilegeLevels } from '../../domain/entitlements/privilege.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const strict = { additionalProperties: false };
const optional = Type.Optional(Type.String());

/** EntitlementConnectionSearchHit (contract B.14): one connection of a list. */
export const connectionHit = Type.Object(
  {
    id: Type.String({ description: 'The id of the account and the id of the entitlement.' }),
    identity: Type.Optional(
      Type.Object(
        { type: oneOf(['IDENTITY']), id: Type.String(), name: optional, alias: optional },
        { ...strict, description: 'Absent if the account is uncorrelated.' },
      ),
    ),
    account: Type.Object(
      { id: Type.String(), name: nullable(Type.String()), nativeIdentity: Type.String() },
      { ...strict, title: 'EntitlementConnectionAccount' },
    ),
    entitlement: Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        displayName: Type.String(),
        description: optional,
        attribute: optional,
        value: Type.String(),
        sourceSchemaObjectType: Type.String(),
        privilegeLevel: Type.Object({ effective: oneOf(privilegeLevels) }, strict),
      },
      { ...strict, title: 'EntitlementConnectionSearchHitEntitlement' },
    ),
    source: Type.Object({ id: Type.String(), name: Type.String() }, strict),
    standalone: Type.Boolean({
      description: 'Whether the account has the entitlement other than through an access profile or a role.',
    }),
    type: oneOf(connectionTypes),
  },
  { ...strict, title: 'EntitlementConnectionSearchHit' },
);

/** EntitlementConnection (contract B.14): the answer to a patch. */
export const connection = Type.Object(
  {
    connectionId: Type.String(),
    identityId: Type.Optional(Type.String({ description: 'Absent if the account is uncorrelated.' })),
    accountId: Type.String(),
    entitlementId: Type.String(),
    sourceId: Type.String(),
    standalone: Type.Boolean(),
    attributeName: optional,
    attributeValue: Type.String(),
    type: oneOf(connectionTypes),
    modified: Type.Optional({
      ...dateTime,
      description: 'When somebody changed the type last; absent if nobody has.',
    }),
  },
  { ...strict, title: 'EntitlementConnection' },
);

/** The patchable part of a connection. */
export const patchable = { schema: Type.Object({ type: oneOf(settableTypes) }) };

export const bulkUpdateItem = Type.Object(
  { connectionId: Type.String({ minLength: 1 }), type: oneOf(settableTypes) },
  { ...strict, title: 'EntitlementConnectionBulkUpdateItem' },
);

export const bulkUpdateResult = Type.Object(
  {
    connectionId: Type.String(),
    type: oneOf(settableTypes),
    status: Type.Integer({ description: '201, or 404 if there is no such connection.' }),
    description: Type.String(),
  },
  { ...strict, title: 'EntitlementConnectionBulkUpdateResultItem' },
);
