import { getCorrelationConfig as get } from '../../domain/identities/correlation-config.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSources, sourceLevels } from './access.ts';
import {
  correlationConfig,
  correlationConfigBeta,
  correlationConfigReply,
  type CorrelationConfigShape,
} from './correlation-config.ts';

const shape: CorrelationConfigShape = { isNumbered: false };

/** GET /sources/{id}/correlation-config (contract B.1). */
export const getCorrelationConfig = defineOperation({
  operationId: 'getCorrelationConfig',
  tag: 'Sources',
  summary: 'Get the correlation configuration of a source',
  method: 'GET',
  path: '/sources/{id}/correlation-config',
  families: contractFamilies,
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: correlationConfig },
  errors: [400, 401, 403, 404, 429, 500],
  variant: shape,
  overrides: {
    beta: {
      security: { userAuth: ['idn:sources:read', 'idn:sources:manage'] },
      success: { status: 200, schema: correlationConfigBeta },
      variant: { isNumbered: true },
    },
  },
  handle: async ({ application, path, variant }) =>
    correlationConfigReply(await get(application.database, path.id), variant),
});
