import { patchSchema } from '../../domain/sources/source-schemas.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { manageSchemas, schemaManagerLevels } from './access.ts';
import { replyWithSchema } from './projections.ts';
import { schema, patchableSchema, schemaPath } from './schemas.ts';

/** PATCH /sources/{sourceId}/schemas/{schemaId} (contract B.1). */
export const updateSourceSchema = defineOperation({
  operationId: 'updateSourceSchema',
  tag: 'Sources',
  summary: 'Patch a schema of a source',
  method: 'PATCH',
  path: '/sources/{sourceId}/schemas/{schemaId}',
  families: contractFamilies,
  security: manageSchemas,
  userLevels: schemaManagerLevels,
  pathParameters: schemaPath,
  body: jsonPatchBody,
  success: { status: 200, schema },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) =>
    replyWithSchema(
      await patchSchema(
        application.database,
        path.sourceId,
        path.schemaId,
        (document) => patchedFields(patchableSchema, document, body),
        { ifMatch, context },
      ),
    ),
});
