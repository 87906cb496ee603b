import { Type } from 'typebox';
import { createMetadataAttribute } from '../../domain/metadata/attributes.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { createMetadata } from './access.ts';
import { attributeReply } from './projections.ts';
import { attribute, attributeInput } from './schemas.ts';

/** POST /access-model-metadata/attributes (contract B.6). */
export const createAccessModelMetadataAttribute = defineOperation({
  operationId: 'createAccessModelMetadataAttribute',
  tag: 'Access Model Metadata',
  summary: 'Create a metadata attribute',
  method: 'POST',
  path: '/access-model-metadata/attributes',
  families: contractFamilies,
  security: createMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: attributeInput },
  success: { status: 201, schema: attribute },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, context }) =>
    attributeReply(await createMetadataAttribute(application.database, body, context)),
});
