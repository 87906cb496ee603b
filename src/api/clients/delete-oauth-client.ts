import { deleteOauthClient as remove } from '../../domain/clients/oauth-clients.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';

/** DELETE /oauth-clients/{id} (contract B.8). */
export const deleteOauthClient = defineOperation({
  operationId: 'deleteOauthClient',
  tag: 'OAuth Clients',
  summary: 'Delete an OAuth client; it stops working immediately',
  method: 'DELETE',
  path: '/oauth-clients/{id}',
  families: contractFamilies,
  security: { userAuth: ['sp:oauth-client:manage'] },
  userLevels: administrators,
  pathParameters: idPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await remove(application.database, path.id, ifMatch, context);
    return {};
  },
});
