import { Type } from 'typebox';
import { getMetadataAttribute } from '../../domain/metadata/attributes.ts';
import { valuesIn } from '../../domain/metadata/value-lists.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readMetadata } from './access.ts';
import { attributeValue, keyPath } from './schemas.ts';

const text = { type: 'string', operators: ['eq', 'in', 'sw'] } as const;

/** GET /access-model-metadata/attributes/{key}/values (contract B.6), in the order of the attribute by default. */
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
      // The contract has both parameters without their fields.
      collection: {
        maximumLimit: 250,
        filters: { value: text, name: text, status: text },
        sorters: ['value', 'name', 'status'],
      },
    },
  },
  handle: async ({ application, path, list }) => {
    const { values } = await getMetadataAttribute(application.database, path.key);
    const { page, total } = valuesIn(values, list);
    return { body: page, total: list.count ? total : undefined };
  },
});
