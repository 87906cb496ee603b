import { getOauthClient as get } from '../../domain/clients/oauth-clients.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';
import { toOauthClient } from './oauth-client-projections.ts';
import { oauthClient } from './oauth-client-schemas.ts';

/** GET /oauth-clients/{id} (contract B.8). */
export const getOauthClient = defineOperation({
  operationId: 'getOauthClient',
  tag: 'OAuth Clients',
  summary: 'Get an OAuth client',
  method: 'GET',
  path: '/oauth-clients/{id}',
  families: contractFamilies,
  security: {
    userAuth: ['sp:oauth-client:manage', 'sp:oauth-client:read'],
    applicationAuth: ['sp:oauth-client:manage', 'sp:oauth-client:read'],
  },
  userLevels: administrators,
  pathParameters: idPath,
  success: { status: 200, schema: oauthClient },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const found = await get(application.database, path.id);
    return { body: toOauthClient(found), version: found.client.version };
  },
});
