import { Type } from 'typebox';
import { listTaggedObjects as listAll } from '../../domain/tags/tagged-objects.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readTags, taggers } from './access.ts';
import { toTaggedObject } from './projections.ts';
import { taggedObject, taggedObjectCollection } from './schemas.ts';

/** GET /tagged-objects (contract B.9). */
export const listTaggedObjects = defineOperation({
  operationId: 'listTaggedObjects',
  method: 'GET',
  path: '/tagged-objects',
  tag: 'Tagged Objects',
  summary: 'List the objects with tags',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: readTags,
  userLevels: taggers,
  collection: taggedObjectCollection,
  success: { status: 200, schema: Type.Array(taggedObject) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, list }) => {
    const { objects, total } = await listAll(application.database, undefined, list);
    return { body: objects.map(toTaggedObject), total };
  },
});
