import { Type } from 'typebox';
import { longestValidity } from '../../domain/clients/personal-access-tokens.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

const owner = Type.Object(
  { type: oneOf(['IDENTITY']), id: Type.String(), name: Type.String() },
  { additionalProperties: false, title: 'PatOwner' },
);

const scope = nullable(Type.Array(Type.String(), { description: 'Default: all scopes of its creator.' }));

const validity = Type.Integer({
  minimum: 15,
  maximum: longestValidity,
  description: 'How long access tokens obtained with it are valid, in seconds.',
});

/** The settable fields in the families without `userAwareTokenNeverExpires`. */
const olderFields = {
  name: Type.String(),
  scope: Type.Optional(scope),
  accessTokenValiditySeconds: Type.Optional(nullable(validity)),
  expirationDate: Type.Optional(nullable(dateTime)),
};

const fields = { ...olderFields, userAwareTokenNeverExpires: Type.Optional(nullable(Type.Boolean())) };

/** The patchable fields. */
export const patchable = { schema: Type.Object(fields), nullableArrays: ['scope'] } as const;

/** Unknown fields are rejected: who sends an owner must not get a token of his own. */
const request = { additionalProperties: false, title: 'CreatePersonalAccessTokenRequest' };
export const createRequest = Type.Object(fields, request);
export const olderCreateRequest = Type.Object(olderFields, request);

export const createResponse = Type.Object(
  {
    id: Type.String(),
    secret: Type.String(),
    scope,
    name: Type.String(),
    owner,
    created: dateTime,
    accessTokenValiditySeconds: Type.Integer(),
    expirationDate: dateTime,
  },
  { additionalProperties: false, title: 'CreatePersonalAccessTokenResponse' },
);

const shown = {
  id: Type.String(),
  name: Type.String(),
  scope,
  owner,
  created: dateTime,
  lastUsed: nullable(dateTime),
  managed: Type.Boolean(),
  accessTokenValiditySeconds: Type.Integer(),
};

/** An existing token, without its secret. */
export const personalAccessToken = Type.Object(
  { ...shown, expirationDate: nullable(dateTime), userAwareTokenNeverExpires: Type.Boolean() },
  { additionalProperties: false, title: 'GetPersonalAccessTokenResponse' },
);

/** The same in the families in which every token expires. */
export const olderPersonalAccessToken = Type.Object(
  { ...shown, expirationDate: dateTime },
  { additionalProperties: false, title: 'GetPersonalAccessTokenResponse' },
);
