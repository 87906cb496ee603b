import { getMetadataAttribute } from '../../domain/metadata/attributes.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readMetadata } from './access.ts';
import { attributeReply } from './projections.ts';
import { attribute, keyPath } from './schemas.ts';

/** GET /access-model-metadata/attributes/{key} (contract B.6). */
export const getAccessModelMetadataAttribute = defineOperation({
  operationId: 'getAccessModelMetadataAttribute',
  tag: 'Access Model Metadata',
  summary: 'Get a metadata attribute with its values',
  method: 'GET',
  path: '/access-model-metadata/attributes/{key}',
  families: contractFamilies,
  security: readMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: keyPath,
  success: { status: 200, schema: attribute },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => attributeReply(await getMetadataAttribute(application.database, path.key)),
});
