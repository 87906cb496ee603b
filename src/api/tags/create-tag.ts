import { Type } from 'typebox';
import { createTag as create } from '../../domain/tags/tags.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageTags, taggers } from './access.ts';
import { toTag } from './projections.ts';
import { tag, tagInput } from './schemas.ts';

/** POST /tags (contract B.9). */
export const createTag = defineOperation({
  operationId: 'createTag',
  method: 'POST',
  path: '/tags',
  tag: 'Tags',
  summary: 'Create a tag',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: manageTags,
  userLevels: taggers,
  body: { mediaType: 'application/json', schema: tagInput },
  success: { status: 201, schema: tag },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, context }) => {
    const created = await create(application.database, body.name, context);
    return { body: toTag(created), version: created.version };
  },
});
