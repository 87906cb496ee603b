import { Type } from 'typebox';
import { listOauthClients as list } from '../../domain/clients/oauth-clients.ts';
import { clientFilters, readClientFilters } from '../client-filters.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { administrators } from '../user-levels.ts';
import { toOauthClient } from './oauth-client-projections.ts';
import { oauthClient } from './oauth-client-schemas.ts';

/** GET /oauth-clients (contract B.8). */
export const listOauthClients = defineOperation({
  operationId: 'listOauthClients',
  tag: 'OAuth Clients',
  summary: 'List OAuth clients',
  method: 'GET',
  path: '/oauth-clients',
  families: contractFamilies,
  security: { userAuth: ['sp:oauth-client:read', 'sp:oauth-client:manage'] },
  userLevels: administrators,
  pathParameters: Type.Object({}),
  query: Type.Object({ filters: Type.Optional(clientFilters) }),
  success: { status: 200, schema: Type.Array(oauthClient) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, query }) => {
    const clients = await list(application.database, readClientFilters(query.filters));
    return { body: clients.map(toOauthClient) };
  },
});
