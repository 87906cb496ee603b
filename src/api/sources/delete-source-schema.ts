import { deleteSchema } from '../../domain/sources/source-schemas.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageSchemas, schemaManagerLevels } from './access.ts';
import { schemaPath } from './schemas.ts';

/** DELETE /sources/{sourceId}/schemas/{schemaId} (contract B.1). */
export const deleteSourceSchema = defineOperation({
  operationId: 'deleteSourceSchema',
  tag: 'Sources',
  summary: 'Delete a schema that has no entitlements',
  method: 'DELETE',
  path: '/sources/{sourceId}/schemas/{schemaId}',
  families: contractFamilies,
  security: manageSchemas,
  userLevels: schemaManagerLevels,
  pathParameters: schemaPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await deleteSchema(application.database, path.sourceId, path.schemaId, { ifMatch, context });
    return {};
  },
});
