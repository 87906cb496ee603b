import { Type } from 'typebox';
import { changeMetadataValue } from '../../domain/metadata/values.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { updateMetadata } from './access.ts';
import { attributeValue, valuePath } from './schemas.ts';

const patchable = { schema: Type.Object({ name: Type.String() }) };

/** PATCH /access-model-metadata/attributes/{key}/values/{value} (contract B.6). The ETag is that of the attribute. */
export const updateAccessModelMetadataAttributeValue = defineOperation({
  operationId: 'updateAccessModelMetadataAttributeValue',
  tag: 'Access Model Metadata',
  summary: 'Rename a value of a metadata attribute',
  method: 'PATCH',
  path: '/access-model-metadata/attributes/{key}/values/{value}',
  families: contractFamilies,
  security: updateMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: valuePath,
  body: jsonPatchBody,
  success: { status: 200, schema: attributeValue },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const { value, version } = await changeMetadataValue(
      application.database,
      path.key,
      path.value,
      (before) => patchedFields(patchable, before, body),
      { ifMatch, context },
    );
    return { body: value, version };
  },
});
