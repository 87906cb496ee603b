import { changeMetadataAttribute } from '../../domain/metadata/attributes.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { updateMetadata } from './access.ts';
import { attributeReply, toAttribute } from './projections.ts';
import { attribute, keyPath, patchableFields } from './schemas.ts';

/** PATCH /access-model-metadata/attributes/{key} (contract B.6). */
export const updateAccessModelMetadataAttribute = defineOperation({
  operationId: 'updateAccessModelMetadataAttribute',
  tag: 'Access Model Metadata',
  summary: 'Change a metadata attribute: name, description, multiselect and values',
  method: 'PATCH',
  path: '/access-model-metadata/attributes/{key}',
  families: contractFamilies,
  security: updateMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: keyPath,
  body: jsonPatchBody,
  success: { status: 200, schema: attribute },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const changed = await changeMetadataAttribute(
      application.database,
      path.key,
      // A description that is not set can be replaced.
      (before) => patchedFields({ schema: patchableFields }, { description: null, ...toAttribute(before) }, body),
      { ifMatch, context },
    );
    return attributeReply(changed);
  },
});
