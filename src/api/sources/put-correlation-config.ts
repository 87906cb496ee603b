import { putCorrelationConfig as put } from '../../domain/identities/correlation-config.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';
import {
  correlationConfig,
  correlationConfigBeta,
  correlationConfigInput,
  correlationConfigReply,
  type CorrelationConfigShape,
} from './correlation-config.ts';

const shape: CorrelationConfigShape = { isNumbered: false };

/** PUT /sources/{id}/correlation-config (contract B.1). */
export const putCorrelationConfig = defineOperation({
  operationId: 'putCorrelationConfig',
  tag: 'Sources',
  summary: 'Set the correlation configuration of a source',
  method: 'PUT',
  path: '/sources/{id}/correlation-config',
  families: contractFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: correlationConfigInput },
  success: { status: 200, schema: correlationConfig },
  errors: [400, 401, 403, 404, 429, 500],
  variant: shape,
  overrides: {
    beta: {
      security: { userAuth: ['idn:sources:manage'] },
      success: { status: 200, schema: correlationConfigBeta },
      variant: { isNumbered: true },
    },
  },
  handle: async ({ application, path, body, ifMatch, caller, context, variant }) => {
    const changed = await put(application.database, path.id, body, ifMatch, { launcher: caller.name, context });
    return correlationConfigReply(changed, variant);
  },
});
