import { assignCapabilities } from '../../domain/identities/auth-users.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';
import { toAuthUser } from './auth-user-projections.ts';
import { authUser, patchable } from './auth-user-schemas.ts';

/** PATCH /auth-users/{id}: assigns user levels. Not in beta. */
export const patchAuthUser = defineOperation({
  operationId: 'patchAuthUser',
  tag: 'Auth Users',
  summary: 'Assign capabilities (user levels) to a user',
  method: 'PATCH',
  path: '/auth-users/{id}',
  families: ['v2024', 'v2025', 'v2026', 'v1'],
  security: { userAuth: ['sp:auth-user:manage'] },
  userLevels: administrators,
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 200, schema: authUser },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const tenant = application.config.tenantName;
    const identity = await assignCapabilities(
      application.database,
      path.id,
      ifMatch,
      (present) => patchedFields(patchable, toAuthUser(present, tenant), body).capabilities ?? [],
      context,
    );
    return { body: toAuthUser(identity, tenant), version: identity.version };
  },
});
