import { deleteIdentity as remove } from '../../domain/identities/delete-identity.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';

const scopes = ['idn:identity:manage'];

/** DELETE /identities/{id} (contract B.3). The contract declares no level, but a deletion also removes tokens and owners. */
export const deleteIdentity = defineOperation({
  operationId: 'deleteIdentity',
  tag: 'Identities',
  summary: 'Delete an identity',
  method: 'DELETE',
  path: '/identities/{id}',
  families: contractFamilies,
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: administrators,
  pathParameters: idPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await remove(application.database, path.id, ifMatch, context);
    return {};
  },
});
