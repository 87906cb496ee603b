import { getSchema } from '../../domain/sources/source-schemas.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readSchemas, sourceLevels } from './access.ts';
import { replyWithSchema } from './projections.ts';
import { schema, schemaPath } from './schemas.ts';

/** GET /sources/{sourceId}/schemas/{schemaId} (contract B.1). */
export const getSourceSchema = defineOperation({
  operationId: 'getSourceSchema',
  tag: 'Sources',
  summary: 'Get a schema of a source',
  method: 'GET',
  path: '/sources/{sourceId}/schemas/{schemaId}',
  families: contractFamilies,
  security: readSchemas,
  userLevels: sourceLevels,
  pathParameters: schemaPath,
  success: { status: 200, schema },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) =>
    replyWithSchema(await getSchema(application.database, path.sourceId, path.schemaId)),
});
