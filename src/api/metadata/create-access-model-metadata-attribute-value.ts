import { createMetadataValue } from '../../domain/metadata/values.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { createMetadata } from './access.ts';
import { attributeValue, keyPath, valueInput } from './schemas.ts';

/** POST /access-model-metadata/attributes/{key}/values (contract B.6). The ETag is that of the attribute. */
export const createAccessModelMetadataAttributeValue = defineOperation({
  operationId: 'createAccessModelMetadataAttributeValue',
  tag: 'Access Model Metadata',
  summary: 'Add a value to a metadata attribute',
  method: 'POST',
  path: '/access-model-metadata/attributes/{key}/values',
  families: contractFamilies,
  security: createMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: keyPath,
  body: { mediaType: 'application/json', schema: valueInput },
  success: { status: 201, schema: attributeValue },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const { value, version } = await createMetadataValue(application.database, path.key, body, { ifMatch, context });
    return { body: value, version };
  },
});
