import { Type } from 'typebox';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { manageSchemas, schemaManagerLevels } from './access.ts';
import { importUploadedTemplate } from './import-uploaded-template.ts';
import { schema, templateBody } from './schemas.ts';

/** POST /sources/{id}/schemas/entitlements (contract B.1). */
export const importEntitlementsSchema = defineOperation({
  operationId: 'importEntitlementsSchema',
  tag: 'Sources',
  summary: 'Set an entitlement schema from the header line of a CSV file',
  method: 'POST',
  path: '/sources/{id}/schemas/entitlements',
  families: contractFamilies,
  security: manageSchemas,
  userLevels: schemaManagerLevels,
  pathParameters: idPath,
  query: Type.Object({
    schemaName: Type.Optional(Type.String({ description: 'The group schema. Default: the only one, or "group".' })),
  }),
  body: templateBody,
  success: { status: 200, schema },
  errors: [400, 401, 403, 429, 500],
  overrides: {
    beta: { operationId: 'importSourceEntitlementsSchema' },
  },
  handle: async (call) =>
    importUploadedTemplate(call, call.path.id, { kind: 'group', schemaName: call.query.schemaName }),
});
