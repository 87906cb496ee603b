import { getTag } from '../../domain/tags/tags.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readTags, taggers } from './access.ts';
import { toTag } from './projections.ts';
import { tag } from './schemas.ts';

/** GET /tags/{id} (contract B.9). */
export const getTagById = defineOperation({
  operationId: 'getTagById',
  method: 'GET',
  path: '/tags/{id}',
  tag: 'Tags',
  summary: 'Get a tag',
  families: contractFamilies,
  pathParameters: idPath,
  security: readTags,
  userLevels: taggers,
  success: { status: 200, schema: tag },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const found = await getTag(application.database, path.id);
    return { body: toTag(found), version: found.version };
  },
});
