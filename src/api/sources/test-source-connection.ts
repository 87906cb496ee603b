import { Type } from 'typebox';
import { testConnection } from '../../domain/sources/source-connection.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { connectorLevels, manageConnectors } from './access.ts';
import { connectorPath } from './schemas.ts';

/** POST /sources/{sourceId}/connector/check-connection (contract B.1). A failed test is a result, not an error. */
export const testSourceConnection = defineOperation({
  operationId: 'testSourceConnection',
  tag: 'Sources',
  summary: 'Test the connection of a source',
  method: 'POST',
  path: '/sources/{sourceId}/connector/check-connection',
  families: contractFamilies,
  security: manageConnectors,
  userLevels: connectorLevels,
  pathParameters: connectorPath,
  success: {
    status: 200,
    schema: Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        status: oneOf(['SUCCESS', 'FAILURE']),
        elapsedMillis: Type.Integer(),
        details: Type.Object({
          kind: Type.Optional(oneOf(['unusable', 'unavailable', 'denied'])),
          error: Type.Optional(Type.String({ description: 'Why it failed.' })),
        }),
      },
      { additionalProperties: false, title: 'StatusResponse' },
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const { source, failure, elapsed } = await testConnection(application, path.sourceId);
    return {
      body: {
        id: source.id,
        name: source.name,
        status: failure === undefined ? 'SUCCESS' : 'FAILURE',
        elapsedMillis: elapsed,
        details: failure === undefined ? {} : { kind: failure.kind, error: failure.message },
      },
    };
  },
});
