import { createSchema } from '../../domain/sources/source-schemas.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageSchemas, schemaManagerLevels } from './access.ts';
import { replyWithSchema } from './projections.ts';
import { schema, schemaInput, schemasPath } from './schemas.ts';

/** POST /sources/{sourceId}/schemas (contract B.1). */
export const createSourceSchema = defineOperation({
  operationId: 'createSourceSchema',
  tag: 'Sources',
  summary: 'Create a schema of a source',
  method: 'POST',
  path: '/sources/{sourceId}/schemas',
  families: contractFamilies,
  security: manageSchemas,
  userLevels: schemaManagerLevels,
  pathParameters: schemasPath,
  body: { mediaType: 'application/json', schema: schemaInput },
  success: { status: 201, schema },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, body, context }) =>
    replyWithSchema(await createSchema(application.database, path.sourceId, body, context)),
});
