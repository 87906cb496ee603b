import { setTags } from '../../domain/tags/tagged-objects.ts';
import { illegalValue } from '../../errors.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { manageTags, objectsOfSources, taggers } from './access.ts';
import { toTaggedObject } from './projections.ts';
import { objectPath, taggedObject, taggedObjectUpdate } from './schemas.ts';

/** PUT /tagged-objects/{type}/{id} (contract B.9). The ETag is that of the object. */
export const putTaggedObject = defineOperation({
  operationId: 'putTaggedObject',
  method: 'PUT',
  path: '/tagged-objects/{type}/{id}',
  tag: 'Tagged Objects',
  summary: 'Replace the tags of an object',
  families: contractFamilies,
  pathParameters: objectPath,
  security: manageTags,
  userLevels: taggers,
  namesObjects: ({ path }) => objectsOfSources([path]),
  body: { mediaType: 'application/json', schema: taggedObjectUpdate },
  success: { status: 200, schema: taggedObject },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body: { objectRef, tags }, ifMatch, context }) => {
    if ((objectRef?.type ?? path.type) !== path.type || (objectRef?.id ?? path.id) !== path.id) {
      throw illegalValue('Field "objectRef" is another object than the one in the path. Send the same or omit it.');
    }
    const object = await setTags(application.database, path, tags, { ifMatch, context });
    return { body: toTaggedObject(object), version: object.version };
  },
});
