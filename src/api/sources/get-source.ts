import { getSource as get } from '../../domain/sources/sources.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSources, sourceLevels } from './access.ts';
import { toSource } from './projections.ts';
import { source } from './schemas.ts';

/** GET /sources/{id} (contract B.1). */
export const getSource = defineOperation({
  operationId: 'getSource',
  tag: 'Sources',
  summary: 'A source',
  method: 'GET',
  path: '/sources/{id}',
  families: contractFamilies,
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: source },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const found = await get(application.database, path.id);
    return { body: toSource(found), version: found.version };
  },
});
