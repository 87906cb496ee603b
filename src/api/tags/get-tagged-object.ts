import { getTaggedObject as getOne } from '../../domain/tags/tagged-objects.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { objectsOfSources, readTags, taggers } from './access.ts';
import { toTaggedObject } from './projections.ts';
import { objectPath, taggedObject } from './schemas.ts';

/** GET /tagged-objects/{type}/{id} (contract B.9). The ETag is that of the object. */
export const getTaggedObject = defineOperation({
  operationId: 'getTaggedObject',
  method: 'GET',
  path: '/tagged-objects/{type}/{id}',
  tag: 'Tagged Objects',
  summary: 'Get the tags of an object',
  families: contractFamilies,
  pathParameters: objectPath,
  security: readTags,
  userLevels: taggers,
  namesObjects: ({ path }) => objectsOfSources([path]),
  success: { status: 200, schema: taggedObject },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const object = await getOne(application.database, path);
    return { body: toTaggedObject(object), version: object.version };
  },
});
