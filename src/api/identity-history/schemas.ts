import { Type } from 'typebox';
import { accessTypes } from '../../domain/identities/access-items.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const part = { additionalProperties: false };

/** An account of an identity (contract B.13). */
export const accountItem = Type.Object(
  {
    accessType: oneOf(['account']),
    id: Type.String(),
    displayName: Type.String(),
    sourceName: Type.Optional(Type.String()),
    nativeIdentity: Type.String(),
    sourceId: Type.String(),
    entitlementCount: Type.Integer(),
  },
  { ...part, title: 'AccessItemAccountResponse' },
);

/** An entitlement of an identity (contract B.13). */
const entitlementItem = Type.Object(
  {
    accessType: oneOf(['entitlement']),
    id: Type.Optional(Type.String({ description: 'Missing if the source was deleted.' })),
    displayName: Type.String(),
    sourceName: Type.Optional(Type.String()),
    attribute: nullable(Type.String()),
    value: Type.String(),
    type: Type.String(),
    description: nullable(Type.String()),
    sourceId: Type.String(),
    standalone: nullable(Type.Boolean()),
    privileged: nullable(Type.Boolean()),
    cloudGoverned: nullable(Type.Boolean()),
  },
  { ...part, title: 'AccessItemEntitlementResponse' },
);

export const accessItem = Type.Union([accountItem, entitlementItem]);

/** An identity at one time. */
export const snapshot = Type.Object(
  {
    id: Type.String(),
    displayName: Type.String(),
    snapshot: dateTime,
    deletedDate: Type.Optional(dateTime),
    accessItemCount: Type.Record(Type.String(), Type.Integer()),
    attributes: Type.Record(Type.String(), Type.Unknown()),
  },
  { ...part, title: 'IdentityHistoryResponse' },
);

const eventHead = { eventType: Type.String(), identityId: Type.String(), dateTime };
const attributeChange = Type.Object(
  {
    name: Type.String(),
    previousValue: Type.Optional(Type.String({ description: 'Missing if there was none.' })),
    newValue: Type.Optional(Type.String({ description: 'Missing if there is none.' })),
  },
  { ...part, title: 'AttributeChange' },
);
const status = oneOf(['enabled', 'disabled', 'locked']);

/** One event of an identity. */
export const identityEvent = Type.Union([
  Type.Object(
    {
      ...eventHead,
      accessItem,
      accessItemType: oneOf(accessTypes),
      governanceEvent: Type.Null({ description: 'Null: the access came from a source.' }),
    },
    { ...part, title: 'AccessItemAssociated' },
  ),
  Type.Object({ ...eventHead, attributeChanges: Type.Array(attributeChange) }, { ...part, title: 'AttributesChanged' }),
  Type.Object(
    {
      ...eventHead,
      account: accountItem,
      statusChange: Type.Object({ previousStatus: status, newStatus: status }, part),
    },
    { ...part, title: 'AccountStatusChanged' },
  ),
]);

/** Access types as a list: sent repeatedly or separated by commas. */
export const accessTypeList = Type.Optional(
  Type.Array(oneOf([...accessTypes, 'access_profile']), { maxItems: 20, description: 'Default: all.' }),
);
