import { Type } from 'typebox';
import { listTags as listAll } from '../../domain/tags/tags.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readTags, taggers } from './access.ts';
import { toTag } from './projections.ts';
import { tag } from './schemas.ts';

/** GET /tags (contract B.9). It names no fields of filters and sorters; these are the tag's own. */
export const listTags = defineOperation({
  operationId: 'listTags',
  method: 'GET',
  path: '/tags',
  tag: 'Tags',
  summary: 'List tags',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: readTags,
  userLevels: taggers,
  collection: {
    filters: {
      id: { type: 'id', operators: ['eq', 'in'] },
      name: { type: 'string', operators: ['eq', 'in', 'sw'] },
    },
    sorters: ['id', 'name', 'created', 'modified'],
    maximumLimit: 250,
  },
  success: { status: 200, schema: Type.Array(tag) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, list }) => {
    const { tags, total } = await listAll(application.database, list);
    return { body: tags.map(toTag), total };
  },
});
