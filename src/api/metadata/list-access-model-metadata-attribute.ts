import { Type } from 'typebox';
import { listMetadataAttributes } from '../../domain/metadata/attributes.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readMetadata } from './access.ts';
import { toAttribute } from './projections.ts';
import { attribute } from './schemas.ts';

const text = { type: 'string', operators: ['eq'] } as const;

/** GET /access-model-metadata/attributes (contract B.6). */
export const listAccessModelMetadataAttribute = defineOperation({
  operationId: 'listAccessModelMetadataAttribute',
  tag: 'Access Model Metadata',
  summary: 'List metadata attributes with their values',
  method: 'GET',
  path: '/access-model-metadata/attributes',
  families: contractFamilies,
  security: readMetadata,
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  collection: {
    maximumLimit: 250,
    filters: { key: text, name: text, type: text, status: text, objectTypes: text },
    sorters: ['name', 'key'],
  },
  success: { status: 200, schema: Type.Array(attribute) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, list }) => {
    const { attributes, total } = await listMetadataAttributes(application.database, list);
    return { body: attributes.map(toAttribute), total };
  },
});
