import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSchemas, schemaManagerLevels } from './access.ts';
import { importUploadedTemplate } from './import-uploaded-template.ts';
import { schema, templateBody } from './schemas.ts';

/** POST /sources/{id}/schemas/accounts (contract B.1). */
export const importAccountsSchema = defineOperation({
  operationId: 'importAccountsSchema',
  tag: 'Sources',
  summary: 'Set the account schema from the header line of a CSV file',
  method: 'POST',
  path: '/sources/{id}/schemas/accounts',
  families: contractFamilies,
  security: manageSchemas,
  userLevels: schemaManagerLevels,
  pathParameters: idPath,
  body: templateBody,
  success: { status: 200, schema },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { operationId: 'importSourceAccountsSchema' } },
  handle: async (call) => importUploadedTemplate(call, call.path.id, { kind: 'account' }),
});
