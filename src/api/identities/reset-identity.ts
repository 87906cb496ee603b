import { resetIdentity as reset } from '../../domain/identities/auth-users.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';

const scopes = ['idn:identity:manage'];

/**
 * POST /identities/{id}/reset (contract B.3): removes the user levels. The contract declares no level, which would allow
 * everyone to take the rights of others.
 */
export const resetIdentity = defineOperation({
  operationId: 'resetIdentity',
  tag: 'Identities',
  summary: 'Remove all user levels of an identity',
  method: 'POST',
  path: '/identities/{id}/reset',
  families: contractFamilies,
  security: { userAuth: scopes, applicationAuth: scopes },
  overrides: { beta: { security: { userAuth: ['idn:identity:update'] } } },
  userLevels: administrators,
  pathParameters: idPath,
  success: { status: 202 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await reset(application.database, path.id, ifMatch, context);
    return {};
  },
});
