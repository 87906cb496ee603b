import { Type } from 'typebox';
import { accessTypes, clientTypes, grantTypes } from '../../domain/clients/oauth-clients.ts';
import { dateTime, nullable, oneOf } from '../schemas.ts';

/** The contract's numbers of seconds have 32 bits. */
const seconds = (minimum: number) => Type.Integer({ minimum, maximum: 2_147_483_647 });

const grantType = oneOf(grantTypes, { title: 'GrantType' });
const accessType = oneOf(accessTypes, { title: 'AccessType' });
const clientType = oneOf(clientTypes, { title: 'ClientType' });
const scope = nullable(Type.Array(Type.String(), { description: 'Default: all scopes of its creator.' }));

const fields = {
  businessName: Type.Optional(nullable(Type.String())),
  homepageUrl: Type.Optional(nullable(Type.String())),
  name: nullable(Type.String()),
  description: nullable(Type.String()),
  accessTokenValiditySeconds: seconds(1),
  refreshTokenValiditySeconds: Type.Optional(seconds(0)),
  redirectUris: Type.Optional(nullable(Type.Array(Type.String()))),
  grantTypes: nullable(Type.Array(grantType, { minItems: 1 })),
  accessType,
  type: Type.Optional(clientType),
  internal: Type.Optional(Type.Boolean()),
  enabled: Type.Boolean(),
  strongAuthSupported: Type.Optional(Type.Boolean()),
  claimsSupported: Type.Optional(Type.Boolean()),
  scope: Type.Optional(scope),
};

export const createRequest = Type.Object(fields, { additionalProperties: false, title: 'CreateOAuthClientRequest' });

/** The patchable fields. */
export const patchable = {
  schema: Type.Object({ ...fields, description: Type.Optional(fields.description) }),
  nullableArrays: ['scope', 'redirectUris'],
} as const;

const shown = {
  id: Type.String(),
  name: Type.String(),
  accessTokenValiditySeconds: Type.Integer(),
  refreshTokenValiditySeconds: Type.Integer(),
  grantTypes: Type.Array(grantType),
  accessType,
  type: clientType,
  internal: Type.Boolean(),
  enabled: Type.Boolean(),
  strongAuthSupported: Type.Boolean(),
  claimsSupported: Type.Boolean(),
  created: dateTime,
  modified: dateTime,
  scope,
};

/** An existing client; its secret is null. */
export const oauthClient = Type.Object(
  {
    ...shown,
    businessName: nullable(Type.String()),
    homepageUrl: nullable(Type.String()),
    description: nullable(Type.String()),
    redirectUris: nullable(Type.Array(Type.String())),
    secret: nullable(Type.String()),
    metadata: nullable(Type.String()),
    lastUsed: nullable(dateTime),
  },
  { additionalProperties: false, title: 'GetOAuthClientResponse' },
);

/** A new client. This schema allows no nulls: missing values are empty. */
export const createResponse = Type.Object(
  {
    ...shown,
    secret: Type.String(),
    businessName: Type.String(),
    homepageUrl: Type.String(),
    description: Type.String(),
    redirectUris: Type.Array(Type.String()),
  },
  { additionalProperties: false, title: 'CreateOAuthClientResponse' },
);
