import { Type } from 'typebox';

const strict = { additionalProperties: false };

/** The id of the task that changes an account. */
export const accountsAsyncResult = Type.Object({ id: Type.String() }, { ...strict, title: 'AccountsAsyncResult' });

export const accountAttributesCreate = Type.Object(
  {
    attributes: Type.Object(
      { sourceId: Type.String({ description: 'The source of the account.' }) },
      { additionalProperties: true, description: 'The attributes of the account schema.' },
    ),
  },
  { ...strict, title: 'AccountAttributesCreate' },
);

export const accountAttributes = Type.Object(
  { attributes: Type.Record(Type.String(), Type.Unknown(), { description: 'The attributes of the account schema.' }) },
  { ...strict, title: 'AccountAttributes' },
);

export const identitiesAccountsBulkRequest = Type.Object(
  {
    identityIds: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      minItems: 1,
      maxItems: 250,
      description: 'The ids of up to 250 identities with up to 1,000 accounts.',
    }),
  },
  { ...strict, title: 'IdentitiesAccountsBulkRequest' },
);

/** The outcome for one identity of a bulk request. */
export const bulkIdentitiesAccountsResponse = Type.Object(
  { id: Type.String(), statusCode: Type.Integer(), message: Type.String() },
  { ...strict, title: 'BulkIdentitiesAccountsResponse' },
);
