import { Type } from 'typebox';
import { selectSchemas } from '../../domain/sources/source-schemas.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { readSchemas, sourceLevels } from './access.ts';
import { toSchema } from './projections.ts';
import { schema, schemasPath } from './schemas.ts';

/** GET /sources/{sourceId}/schemas (contract B.1). */
export const getSourceSchemas = defineOperation({
  operationId: 'getSourceSchemas',
  tag: 'Sources',
  summary: 'List the schemas of a source',
  method: 'GET',
  path: '/sources/{sourceId}/schemas',
  families: contractFamilies,
  security: readSchemas,
  userLevels: sourceLevels,
  pathParameters: schemasPath,
  query: Type.Object({
    'include-types': Type.Optional(
      oneOf(['group', 'user'], { description: 'group: the entitlement schemas; user: the account schema.' }),
    ),
    'include-names': Type.Optional(
      Type.String({ description: 'Returns only the schemas with these comma-separated names.' }),
    ),
  }),
  success: { status: 200, schema: Type.Array(schema) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, query }) => {
    const { selected, schemas } = await selectSchemas(application.database, path.sourceId, {
      type: query['include-types'],
      names: query['include-names']?.split(',').map((name) => name.trim()),
    });
    return { body: selected.map((one) => toSchema(one, schemas)) };
  },
});
