import { Type } from 'typebox';
import { listPersonalAccessTokens as list } from '../../domain/clients/personal-access-tokens.ts';
import { clientFilters, readClientFilters } from '../client-filters.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { olderTokenShape, tokenShape } from './personal-access-token-projections.ts';
import { olderPersonalAccessToken, personalAccessToken } from './personal-access-token-schemas.ts';

const older = {
  variant: olderTokenShape,
  success: { status: 200, schema: Type.Array(olderPersonalAccessToken) },
};

/** GET /personal-access-tokens (contract B.8). */
export const listPersonalAccessTokens = defineOperation({
  operationId: 'listPersonalAccessTokens',
  tag: 'Personal Access Tokens',
  summary: 'List personal access tokens',
  method: 'GET',
  path: '/personal-access-tokens',
  families: contractFamilies,
  security: {
    userAuth: [
      'sp:my-personal-access-tokens:read',
      'sp:my-personal-access-tokens:manage',
      'sp:all-personal-access-tokens:read',
      'sp:all-personal-access-tokens:manage',
    ],
  },
  userLevels: [],
  pathParameters: Type.Object({}),
  query: Type.Object({
    'owner-id': Type.Optional(
      Type.String({
        description:
          'The identity whose tokens are listed, or me. Default: all tokens, which requires an administrator.',
      }),
    ),
    filters: Type.Optional(clientFilters),
  }),
  success: { status: 200, schema: Type.Array(personalAccessToken) },
  errors: [400, 401, 403, 429, 500],
  variant: tokenShape,
  overrides: { beta: older, v2024: older },
  handle: async ({ application, query, caller, variant }) => {
    const tokens = await list(
      application.database,
      query['owner-id'] === '' ? undefined : query['owner-id'],
      readClientFilters(query.filters),
      caller,
    );
    return { body: tokens.map((token) => variant.show(token)) };
  },
});
