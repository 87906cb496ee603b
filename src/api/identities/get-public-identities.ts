import { type Static, Type } from 'typebox';
import { type IdentityRow, listIdentities } from '../../domain/identities/identities.ts';
import type { FilterFields } from '../filters/check.ts';
import { defineOperation } from '../operation.ts';
import { nullable, oneOf } from '../schemas.ts';

const filters: FilterFields = {
  id: { type: 'id', operators: ['eq', 'in'] },
  alias: { type: 'string', operators: ['eq', 'sw'] },
  email: { type: 'string', operators: ['eq', 'sw'] },
  firstname: { type: 'string', operators: ['eq', 'sw'] },
  lastname: { type: 'string', operators: ['eq', 'sw'] },
};

const states = ['ACTIVE', 'INACTIVE_SHORT_TERM', 'INACTIVE_LONG_TERM'] as const;

/** The data of an identity that everyone may read (contract B.3). */
const publicIdentity = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    alias: Type.String(),
    email: nullable(Type.String()),
    status: nullable(Type.String()),
    identityState: nullable(oneOf(states)),
    manager: Type.Optional(
      Type.Object(
        { type: oneOf(['IDENTITY']), id: Type.String(), name: Type.String() },
        { additionalProperties: false, title: 'IdentityReference' },
      ),
    ),
    attributes: Type.Array(
      Type.Object(
        { key: Type.String(), name: Type.String(), value: nullable(Type.String()) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, title: 'PublicIdentity' },
);

type PublicIdentity = Static<typeof publicIdentity>;

/** GET /public-identities (contract B.3). Not in beta. */
export const getPublicIdentities = defineOperation({
  operationId: 'getPublicIdentities',
  tag: 'Public Identities',
  summary: 'List the public data of identities',
  method: 'GET',
  path: '/public-identities',
  families: ['v2024', 'v2025', 'v2026', 'v1'],
  security: { userAuth: ['sp:scopes:default'] },
  userLevels: [],
  pathParameters: Type.Object({}),
  query: Type.Object({
    'add-core-filters': Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Whether to omit identities without a last name or email address, and those without an authoritative account.',
      }),
    ),
  }),
  collection: { filters, sorters: ['name'], maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(publicIdentity) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, query, list }) => {
    const scope = query['add-core-filters'] === true ? 'complete' : 'all';
    const { identities, total } = await listIdentities(application.database, scope, list);
    return { body: identities.map(toPublicIdentity), total };
  },
});

/** No attributes are public, because there is no configuration for them yet. */
function toPublicIdentity(row: IdentityRow): PublicIdentity {
  return {
    id: row.id,
    name: row.name,
    alias: row.alias,
    email: row.email,
    status: row.identityStatus,
    identityState: stateOf(row.identityStatus),
    ...(row.managerId === null
      ? {}
      : { manager: { type: 'IDENTITY', id: row.managerId, name: row.managerName ?? '' } }),
    attributes: [],
  };
}

function stateOf(status: string): PublicIdentity['identityState'] {
  switch (status) {
    case 'ACTIVE':
      return 'ACTIVE';
    case 'DISABLED':
      return 'INACTIVE_SHORT_TERM';
    case 'TERMINATED':
    case 'DEACTIVATED':
      return 'INACTIVE_LONG_TERM';
    default:
      return null;
  }
}
