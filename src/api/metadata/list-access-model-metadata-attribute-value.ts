import { Type } from 'typebox';
import { getMetadataAttribute } from '../../domain/metadata/attributes.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readMetadata } from './access.ts';
import { attributeValue, keyPath } from './schemas.ts';

/** GET /access-model-metadata/attributes/{key}/values (contract B.6), in the order of the attribute. */
export const listAccessModelMetadataAttributeValue = defineOperation({
  operationId: 'listAccessModelMetadataAttributeValue',
  tag: 'Access Model Metadata',
  summary: 'List the values of a metadata attribute',
  method: 'GET',
  path: '/access-model-metadata/attributes/{key}/values',
  families: contractFamilies,
  security: readMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: keyPath,
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(attributeValue) },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: {
    beta: {
      parametersNotServed: Type.Object({
        filters: Type.Optional(Type.String()),
        sorters: Type.Optional(Type.String({ format: 'comma-separated' })),
      }),
    },
  },
  handle: async ({ application, path, list: { offset, limit, count } }) => {
    const { values } = await getMetadataAttribute(application.database, path.key);
    return { body: values.slice(offset, offset + limit), total: count ? values.length : undefined };
  },
});
