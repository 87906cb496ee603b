import { Type } from 'typebox';
import { dateTime, nullable, oneOf, reference } from '../schemas.ts';

const recommendation = nullable(
  Type.Object(
    { type: oneOf(['HUMAN', 'MACHINE']), method: oneOf(['DISCOVERY', 'SOURCE', 'CRITERIA']) },
    { additionalProperties: false, title: 'Recommendation' },
  ),
);

/** Account (contract B.2). The members after `identity` are omitted with detailLevel SLIM. */
export const account = Type.Object(
  {
    id: Type.String(),
    name: nullable(Type.String()),
    created: dateTime,
    modified: dateTime,
    sourceId: Type.String(),
    sourceName: Type.String(),
    identityId: Type.Optional(Type.String()),
    cloudLifecycleState: nullable(Type.String()),
    identityState: nullable(Type.String()),
    connectionType: nullable(Type.String()),
    isMachine: Type.Boolean(),
    recommendation,
    attributes: Type.Record(Type.String(), Type.Unknown()),
    authoritative: Type.Boolean(),
    description: nullable(Type.String()),
    disabled: Type.Boolean(),
    locked: Type.Boolean(),
    nativeIdentity: Type.String(),
    systemAccount: Type.Boolean(),
    uncorrelated: Type.Boolean(),
    uuid: nullable(Type.String()),
    manuallyCorrelated: Type.Boolean(),
    hasEntitlements: Type.Boolean(),
    identity: Type.Optional(reference('IDENTITY')),
    sourceOwner: Type.Optional(reference('IDENTITY')),
    features: Type.Optional(nullable(Type.String())),
    origin: Type.Optional(nullable(oneOf(['AGGREGATED', 'PROVISIONED']))),
    // Only for machine accounts, which Muniment does not have.
    ownerIdentity: Type.Optional(reference('IDENTITY')),
  },
  { additionalProperties: false, title: 'Account' },
);
