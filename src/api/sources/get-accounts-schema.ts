import { Type } from 'typebox';
import { schemaTemplate } from '../../domain/sources/schema-templates.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readSchemas, sourceLevels } from './access.ts';

/** GET /sources/{id}/schemas/accounts (contract B.1). */
export const getAccountsSchema = defineOperation({
  operationId: 'getAccountsSchema',
  tag: 'Sources',
  summary: 'Get the header line of account files',
  method: 'GET',
  path: '/sources/{id}/schemas/accounts',
  families: contractFamilies,
  security: readSchemas,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: { status: 200, schema: Type.String(), mediaType: 'text/csv' },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { operationId: 'getSourceAccountsSchema' } },
  handle: async ({ application, path }) => ({
    body: new PreparedText(await schemaTemplate(application, path.id, { kind: 'account' })),
  }),
});
