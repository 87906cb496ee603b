import { putEntitlementConfig } from '../../domain/request-config/request-configs.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageEntitlementConfig, sourceLevels } from './access.ts';
import { requestConfigReply, type RequestConfigShape } from './projections.ts';
import { requestConfig, requestConfigInput, requestConfigInputV1, requestConfigV1 } from './schemas.ts';

const shape: RequestConfigShape = { hasForm: false };

/** PUT /entitlements/{id}/entitlement-request-config (contract A.1, 8). Values that are not sent are inherited. */
export const putEntitlementRequestConfig = defineOperation({
  operationId: 'putEntitlementRequestConfig',
  tag: 'Entitlements',
  summary: 'Set how an entitlement may be requested',
  method: 'PUT',
  path: '/entitlements/{id}/entitlement-request-config',
  families: contractFamilies,
  security: manageEntitlementConfig,
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: requestConfigInput },
  success: { status: 200, schema: requestConfig },
  errors: [400, 401, 403, 404, 429, 500],
  variant: shape,
  overrides: {
    v1: {
      body: { mediaType: 'application/json', schema: requestConfigInputV1 },
      success: { status: 200, schema: requestConfigV1 },
      variant: { hasForm: true },
    },
  },
  handle: async ({ application, path, body, ifMatch, context, variant }) =>
    requestConfigReply(await putEntitlementConfig(application.database, path.id, body, { ifMatch, context }), variant),
});
