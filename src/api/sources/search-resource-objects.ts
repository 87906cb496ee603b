import { Type } from 'typebox';
import { peekObjects } from '../../domain/sources/source-connection.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { connectorLevels, manageConnectors } from './access.ts';
import { connectorPath } from './schemas.ts';

const defaultCount = 25;
/** Limited because the objects are kept in memory. */
const mostObjects = 1000;

/** Further fields of an object in the contract. A preview has complete objects, and no deleted ones. */
const wholeObject = {
  incomplete: false,
  incremental: false,
  delete: false,
  remove: false,
  missing: [],
  finalUpdate: false,
};

/** POST /sources/{sourceId}/connector/peek-resource-objects (contract B.1). */
export const searchResourceObjects = defineOperation({
  operationId: 'searchResourceObjects',
  tag: 'Sources',
  summary: 'Preview the first objects of a source',
  method: 'POST',
  path: '/sources/{sourceId}/connector/peek-resource-objects',
  families: contractFamilies,
  security: manageConnectors,
  userLevels: connectorLevels,
  pathParameters: connectorPath,
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      {
        objectType: Type.Optional(Type.String({ default: 'account', description: 'The name of a schema.' })),
        maxCount: Type.Optional(Type.Integer({ default: defaultCount, minimum: 1, maximum: mostObjects })),
      },
      { additionalProperties: false, title: 'ResourceObjectsRequest' },
    ),
  },
  success: {
    status: 200,
    schema: Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        objectCount: Type.Integer(),
        elapsedMillis: Type.Integer(),
        resourceObjects: Type.Array(
          Type.Object(
            {
              identity: Type.String(),
              name: Type.String(),
              objectType: Type.String(),
              attributes: Type.Record(Type.String(), Type.Unknown()),
              incomplete: Type.Boolean(),
              incremental: Type.Boolean(),
              delete: Type.Boolean(),
              remove: Type.Boolean(),
              missing: Type.Array(Type.String()),
              finalUpdate: Type.Boolean(),
            },
            { additionalProperties: false, title: 'ResourceObject' },
          ),
        ),
      },
      { additionalProperties: false, title: 'ResourceObjectsResponse' },
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { operationId: 'peekResourceObjects' } },
  handle: async ({ application, path, body: { objectType = 'account', maxCount = defaultCount } }) => {
    const { source, objects, elapsed } = await peekObjects(application, path.sourceId, objectType, maxCount);
    return {
      body: {
        id: source.id,
        name: source.name,
        objectCount: objects.length,
        elapsedMillis: elapsed,
        resourceObjects: objects.map((object) => ({ ...object, objectType, ...wholeObject })),
      },
    };
  },
});
