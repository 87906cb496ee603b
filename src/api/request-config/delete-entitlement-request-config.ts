import { putEntitlementConfig } from '../../domain/request-config/request-configs.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageEntitlementConfig, sourceLevels } from './access.ts';

/** DELETE /muniment/v1/entitlements/{id}/entitlement-request-config: all values are inherited again. */
export const deleteEntitlementRequestConfig = defineOperation({
  operationId: 'deleteEntitlementRequestConfig',
  tag: 'Entitlements',
  summary: 'Inherit how an entitlement may be requested from its source',
  method: 'DELETE',
  path: '/entitlements/{id}/entitlement-request-config',
  families: ['muniment'],
  security: manageEntitlementConfig,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await putEntitlementConfig(application.database, path.id, {}, { ifMatch, context });
    return {};
  },
});
