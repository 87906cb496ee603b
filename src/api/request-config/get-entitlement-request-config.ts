import { getEntitlementConfig } from '../../domain/request-config/request-configs.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readEntitlementConfig, sourceLevels } from './access.ts';
import { requestConfigReply, type RequestConfigShape } from './projections.ts';
import { requestConfig, requestConfigV1 } from './schemas.ts';

const shape: RequestConfigShape = { hasForm: false };

/** GET /entitlements/{id}/entitlement-request-config (contract A.1, 7): the values in force, inherited or not. */
export const getEntitlementRequestConfig = defineOperation({
  operationId: 'getEntitlementRequestConfig',
  tag: 'Entitlements',
  summary: 'Get how an entitlement may be requested',
  method: 'GET',
  path: '/entitlements/{id}/entitlement-request-config',
  families: contractFamilies,
  security: readEntitlementConfig,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: requestConfig },
  errors: [400, 401, 403, 404, 429, 500],
  variant: shape,
  overrides: { v1: { success: { status: 200, schema: requestConfigV1 }, variant: { hasForm: true } } },
  handle: async ({ application, path, variant }) =>
    requestConfigReply(await getEntitlementConfig(application.database, path.id), variant),
});
