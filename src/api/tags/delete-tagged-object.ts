import { setTags } from '../../domain/tags/tagged-objects.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageTags, objectsOfSources, taggers } from './access.ts';
import { objectPath } from './schemas.ts';

/** DELETE /tagged-objects/{type}/{id} (contract B.9). `If-Match` is compared with the version of the object. */
export const deleteTaggedObject = defineOperation({
  operationId: 'deleteTaggedObject',
  method: 'DELETE',
  path: '/tagged-objects/{type}/{id}',
  tag: 'Tagged Objects',
  summary: 'Remove all tags of an object',
  families: contractFamilies,
  pathParameters: objectPath,
  security: manageTags,
  userLevels: taggers,
  namesObjects: ({ path }) => objectsOfSources([path]),
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await setTags(application.database, path, [], { ifMatch, context });
    return {};
  },
});
