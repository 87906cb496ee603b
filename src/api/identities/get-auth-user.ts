import { getAuthUser as get } from '../../domain/identities/auth-users.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';
import { toAuthUser } from './auth-user-projections.ts';
import { authUser } from './auth-user-schemas.ts';

/** GET /auth-users/{id}: an identity with its user levels. Not in beta. */
export const getAuthUser = defineOperation({
  operationId: 'getAuthUser',
  tag: 'Auth Users',
  summary: 'Get a user with their capabilities (user levels)',
  method: 'GET',
  path: '/auth-users/{id}',
  families: ['v2024', 'v2025', 'v2026', 'v1'],
  security: { userAuth: ['sp:auth-user:read'] },
  userLevels: administrators,
  pathParameters: idPath,
  success: { status: 200, schema: authUser },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const identity = await get(application.database, path.id);
    return { body: toAuthUser(identity, application.config.tenantName), version: identity.version };
  },
});
