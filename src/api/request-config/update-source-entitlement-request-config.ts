import { putSourceConfig } from '../../domain/request-config/request-configs.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';
import { requestConfigReply, type RequestConfigShape } from './projections.ts';
import { requestConfig, requestConfigInput, requestConfigInputV1, requestConfigV1 } from './schemas.ts';

const shape: RequestConfigShape = { hasForm: false };

/** PUT /sources/{id}/entitlement-request-config (contract B.1). Values that are not sent are inherited. */
export const updateSourceEntitlementRequestConfig = defineOperation({
  operationId: 'updateSourceEntitlementRequestConfig',
  tag: 'Sources',
  summary: 'Set how the entitlements of a source may be requested',
  method: 'PUT',
  path: '/sources/{id}/entitlement-request-config',
  families: contractFamilies,
  security: manageSources,
  // Beta declares no level, which would open it to all users.
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: requestConfigInput },
  success: { status: 200, schema: requestConfig },
  errors: [400, 401, 403, 429, 500],
  variant: shape,
  overrides: {
    beta: { security: { userAuth: ['idn:sources:manage'] } },
    v1: {
      body: { mediaType: 'application/json', schema: requestConfigInputV1 },
      success: { status: 200, schema: requestConfigV1 },
      variant: { hasForm: true },
    },
  },
  handle: async ({ application, path, body, ifMatch, context, variant }) =>
    requestConfigReply(await putSourceConfig(application.database, path.id, body, { ifMatch, context }), variant),
});
