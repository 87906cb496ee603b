import { Type } from 'typebox';
import { addTags } from '../../domain/tags/tagged-objects.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageTags, objectsOfSources, taggers } from './access.ts';
import { taggedObjectInput } from './schemas.ts';

/** POST /tagged-objects (contract B.9). */
export const setTagToObject = defineOperation({
  operationId: 'setTagToObject',
  method: 'POST',
  path: '/tagged-objects',
  tag: 'Tagged Objects',
  summary: 'Add tags to an object',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: manageTags,
  userLevels: taggers,
  namesObjects: ({ body }) => objectsOfSources([body.objectRef]),
  body: { mediaType: 'application/json', schema: taggedObjectInput },
  success: { status: 201 },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body: { objectRef, tags }, context }) => {
    await addTags(application.database, [objectRef], tags, false, context);
    return {};
  },
});
