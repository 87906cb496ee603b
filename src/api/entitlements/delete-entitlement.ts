import { deleteEntitlement as deleteOne } from '../../domain/removal/entitlement-removal.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { deleteEntitlements } from './access.ts';

/** DELETE /entitlements/{id}, which ISC has served in beta without documenting it. */
export const deleteEntitlement = defineOperation({
  operationId: 'deleteEntitlement',
  method: 'DELETE',
  path: '/entitlements/{id}',
  tag: 'Entitlements',
  summary: 'Delete an entitlement',
  families: ['beta', 'muniment'],
  pathParameters: idPath,
  security: deleteEntitlements,
  userLevels: ['ORG_ADMIN'],
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await deleteOne(application.database, path.id, { ifMatch, context });
    return {};
  },
});
