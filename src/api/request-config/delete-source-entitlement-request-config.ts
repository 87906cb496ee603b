import { putSourceConfig } from '../../domain/request-config/request-configs.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';

/** DELETE /muniment/v1/sources/{id}/entitlement-request-config: all values are inherited again. */
export const deleteSourceEntitlementRequestConfig = defineOperation({
  operationId: 'deleteSourceEntitlementRequestConfig',
  tag: 'Sources',
  summary: 'Inherit how the entitlements of a source may be requested from the organisation',
  method: 'DELETE',
  path: '/sources/{id}/entitlement-request-config',
  families: ['muniment'],
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await putSourceConfig(application.database, path.id, {}, { ifMatch, context });
    return {};
  },
});
