import { getSourceConfig } from '../../domain/request-config/request-configs.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSources, sourceLevels } from './access.ts';
import { requestConfigReply, type RequestConfigShape } from './projections.ts';
import { requestConfig, requestConfigV1 } from './schemas.ts';

const shape: RequestConfigShape = { hasForm: false };

/** GET /sources/{id}/entitlement-request-config (contract B.1): the values in force, inherited or not. */
export const getSourceEntitlementRequestConfig = defineOperation({
  operationId: 'getSourceEntitlementRequestConfig',
  tag: 'Sources',
  summary: 'Get how the entitlements of a source may be requested',
  method: 'GET',
  path: '/sources/{id}/entitlement-request-config',
  families: contractFamilies,
  security: readSources,
  // Beta declares no level, which would open it to all users.
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: requestConfig },
  errors: [400, 401, 403, 429, 500],
  variant: shape,
  overrides: {
    beta: { security: { userAuth: ['idn:sources:read', 'idn:sources:manage'] } },
    v1: { success: { status: 200, schema: requestConfigV1 }, variant: { hasForm: true } },
  },
  handle: async ({ application, path, variant }) =>
    requestConfigReply(await getSourceConfig(application.database, path.id), variant),
});
