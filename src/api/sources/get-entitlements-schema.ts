import { Type } from 'typebox';
import { schemaTemplate } from '../../domain/sources/schema-templates.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSchemas, sourceLevels } from './access.ts';

/** GET /sources/{id}/schemas/entitlements (contract B.1). */
export const getEntitlementsSchema = defineOperation({
  operationId: 'getEntitlementsSchema',
  tag: 'Sources',
  summary: 'Get the header line of entitlement files',
  method: 'GET',
  path: '/sources/{id}/schemas/entitlements',
  families: contractFamilies,
  security: readSchemas,
  userLevels: sourceLevels,
  pathParameters: idPath,
  query: Type.Object({
    schemaName: Type.Optional(Type.String({ description: 'The group schema. Default: the only one, or "group".' })),
  }),
  success: { status: 200, schema: Type.String(), mediaType: 'text/csv' },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: {
    v3: { security: { userAuth: ['idn:source-schema:read'] } },
    beta: { operationId: 'getSourceEntitlementsSchema' },
  },
  handle: async ({ application, path, query }) => ({
    body: new PreparedText(await schemaTemplate(application, path.id, { kind: 'group', schemaName: query.schemaName })),
  }),
});
