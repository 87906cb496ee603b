import { getEntitlementConfig } from '../../domain/request-config/request-configs.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readEntitlementConfig, sourceLevels } from './access.ts';
import { requestConfigOriginsReply } from './projections.ts';
import { requestConfigOrigins } from './schemas.ts';

/** GET /muniment/v1/entitlements/{id}/entitlement-request-config: what is set on it, and the origin of each value. */
export const getEntitlementRequestConfigOrigins = defineOperation({
  operationId: 'getEntitlementRequestConfigOrigins',
  tag: 'Entitlements',
  summary: 'Get how an entitlement may be requested, and where each value is set',
  method: 'GET',
  path: '/entitlements/{id}/entitlement-request-config',
  families: ['muniment'],
  security: readEntitlementConfig,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: requestConfigOrigins },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) =>
    requestConfigOriginsReply(await getEntitlementConfig(application.database, path.id)),
});
