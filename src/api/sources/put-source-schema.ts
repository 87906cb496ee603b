import { replaceSchema } from '../../domain/sources/source-schemas.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageSchemas, schemaManagerLevels } from './access.ts';
import { replyWithSchema } from './projections.ts';
import { schema, schemaInput, schemaPath } from './schemas.ts';

/** PUT /sources/{sourceId}/schemas/{schemaId} (contract B.1). */
export const putSourceSchema = defineOperation({
  operationId: 'putSourceSchema',
  tag: 'Sources',
  summary: 'Replace a schema of a source',
  method: 'PUT',
  path: '/sources/{sourceId}/schemas/{schemaId}',
  families: contractFamilies,
  security: manageSchemas,
  userLevels: schemaManagerLevels,
  pathParameters: schemaPath,
  body: { mediaType: 'application/json', schema: schemaInput },
  success: { status: 200, schema },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) =>
    replyWithSchema(
      await replaceSchema(application.database, path.sourceId, path.schemaId, body, { ifMatch, context }),
    ),
});
