import { deletePersonalAccessToken as remove } from '../../domain/clients/personal-access-tokens.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';

/** DELETE /personal-access-tokens/{id} (contract B.8). */
export const deletePersonalAccessToken = defineOperation({
  operationId: 'deletePersonalAccessToken',
  tag: 'Personal Access Tokens',
  summary: 'Delete a personal access token; it stops working immediately',
  method: 'DELETE',
  path: '/personal-access-tokens/{id}',
  families: contractFamilies,
  security: { userAuth: ['sp:my-personal-access-tokens:manage', 'sp:all-personal-access-tokens:manage'] },
  userLevels: [],
  pathParameters: idPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, caller, context }) => {
    await remove(application.database, path.id, ifMatch, caller, context);
    return {};
  },
});
