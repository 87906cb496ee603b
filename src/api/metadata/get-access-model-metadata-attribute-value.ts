import { getMetadataAttribute } from '../../domain/metadata/attributes.ts';
import { valueOf } from '../../domain/metadata/values.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readMetadata } from './access.ts';
import { attributeValue, valuePath } from './schemas.ts';

/** GET /access-model-metadata/attributes/{key}/values/{value} (contract B.6). The ETag is that of the attribute. */
export const getAccessModelMetadataAttributeValue = defineOperation({
  operationId: 'getAccessModelMetadataAttributeValue',
  tag: 'Access Model Metadata',
  summary: 'Get a value of a metadata attribute',
  method: 'GET',
  path: '/access-model-metadata/attributes/{key}/values/{value}',
  families: contractFamilies,
  security: readMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: valuePath,
  success: { status: 200, schema: attributeValue },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const attribute = await getMetadataAttribute(application.database, path.key);
    return { body: valueOf(attribute, path.value), version: attribute.version };
  },
});
