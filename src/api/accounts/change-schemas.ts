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
