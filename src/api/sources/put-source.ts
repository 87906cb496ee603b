import { replaceSource } from '../../domain/sources/sources.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';
import { toSource } from './projections.ts';
import { source, sourceInput } from './schemas.ts';

/** PUT /sources/{id} (contract B.1). */
export const putSource = defineOperation({
  operationId: 'putSource',
  tag: 'Sources',
  summary: 'Replace a source',
  method: 'PUT',
  path: '/sources/{id}',
  families: contractFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: sourceInput },
  success: { status: 200, schema: source },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const changed = await replaceSource(application, path.id, body, { ifMatch, context });
    return { body: toSource(changed), version: changed.version };
  },
});
