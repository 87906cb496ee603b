import { Type } from 'typebox';
import { addTags } from '../../domain/tags/tagged-objects.ts';
import { tagNames } from '../../domain/tags/tag-names.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { bulkInBeta, manageTags, objectsOfSources, taggers } from './access.ts';
import { toObjectRef } from './projections.ts';
import { bulkAddition, bulkAdditionBeta, bulkResult } from './schemas.ts';

/** POST /tagged-objects/bulk-add (contract B.9). All objects get the tags, or none does. Only beta returns no list. */
export const setTagsToManyObjects = defineOperation({
  operationId: 'setTagsToManyObjects',
  method: 'POST',
  path: '/tagged-objects/bulk-add',
  tag: 'Tagged Objects',
  summary: 'Add tags to objects',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: manageTags,
  userLevels: taggers,
  namesObjects: ({ body }) => objectsOfSources(body.objectRefs),
  body: { mediaType: 'application/json', schema: bulkAddition },
  success: { status: 200, schema: Type.Array(bulkResult) },
  errors: [400, 401, 403, 429, 500],
  variant: { isBeta: false },
  overrides: {
    beta: { security: bulkInBeta, success: { status: 200, schema: bulkAdditionBeta }, variant: { isBeta: true } },
  },
  handle: async ({ application, body: { objectRefs, tags, operation = 'APPEND' }, context, variant }) => {
    const objects = await addTags(application.database, objectRefs, tags, operation === 'APPEND', context);
    const added = { objectRefs: objects.map(toObjectRef), tags: tagNames(tags, 'tags') };
    return { body: variant.isBeta ? { ...added, operation } : [added] };
  },
});
