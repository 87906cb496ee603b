import { Type } from 'typebox';
import { removeTags } from '../../domain/tags/tagged-objects.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { bulkInBeta, manageTags, objectsOfSources, taggers } from './access.ts';
import { bulkRemoval, bulkRemovalBeta } from './schemas.ts';

/** POST /tagged-objects/bulk-remove (contract B.9). */
export const deleteTagsToManyObject = defineOperation({
  operationId: 'deleteTagsToManyObject',
  method: 'POST',
  path: '/tagged-objects/bulk-remove',
  tag: 'Tagged Objects',
  summary: 'Remove tags from objects',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: manageTags,
  userLevels: taggers,
  namesObjects: ({ body }) => objectsOfSources(body.objectRefs),
  body: { mediaType: 'application/json', schema: bulkRemoval },
  success: { status: 204 },
  errors: [400, 401, 403, 429, 500],
  overrides: {
    beta: { security: bulkInBeta, body: { mediaType: 'application/json', schema: bulkRemovalBeta } },
  },
  handle: async ({ application, body: { objectRefs, tags }, context }) => {
    await removeTags(application.database, objectRefs, tags, context);
    return {};
  },
});
