import { testConnection } from '../../domain/sources/source-connection.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { connectorLevels, manageConnectors } from './access.ts';
import { statusResponse, toStatusResponse } from './connection-test.ts';
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
  success: { status: 200, schema: statusResponse },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => ({
    body: toStatusResponse(await testConnection(application, path.sourceId)),
  }),
});
