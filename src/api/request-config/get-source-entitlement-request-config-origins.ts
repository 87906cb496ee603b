import { getSourceConfig } from '../../domain/request-config/request-configs.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSources, sourceLevels } from './access.ts';
import { requestConfigOriginsReply } from './projections.ts';
import { requestConfigOrigins } from './schemas.ts';

/** GET /muniment/v1/sources/{id}/entitlement-request-config: what is set on it, and the origin of each value. */
export const getSourceEntitlementRequestConfigOrigins = defineOperation({
  operationId: 'getSourceEntitlementRequestConfigOrigins',
  tag: 'Sources',
  summary: 'Get how the entitlements of a source may be requested, and where each value is set',
  method: 'GET',
  path: '/sources/{id}/entitlement-request-config',
  families: ['muniment'],
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: requestConfigOrigins },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) =>
    requestConfigOriginsReply(await getSourceConfig(application.database, path.id)),
});
