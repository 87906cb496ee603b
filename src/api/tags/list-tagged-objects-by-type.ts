import { Type } from 'typebox';
import { listTaggedObjects } from '../../domain/tags/tagged-objects.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readTags, taggers } from './access.ts';
import { toTaggedObject } from './projections.ts';
import { taggedObject, taggedObjectCollection, typePath } from './schemas.ts';

/** GET /tagged-objects/{type} (contract B.9). */
export const listTaggedObjectsByType = defineOperation({
  operationId: 'listTaggedObjectsByType',
  method: 'GET',
  path: '/tagged-objects/{type}',
  tag: 'Tagged Objects',
  summary: 'List the objects of one type with tags',
  families: contractFamilies,
  pathParameters: typePath,
  security: readTags,
  userLevels: taggers,
  collection: taggedObjectCollection,
  success: { status: 200, schema: Type.Array(taggedObject) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, list }) => {
    const { objects, total } = await listTaggedObjects(application.database, path.type, list);
    return { body: objects.map(toTaggedObject), total };
  },
});
