import { testConfiguration } from '../../domain/sources/test-configuration.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { connectorLevels, manageConnectors } from './access.ts';
import { statusResponse, toStatusResponse } from './connection-test.ts';
import { connectorPath } from './schemas.ts';

/** POST /sources/{sourceId}/connector/test-configuration (contract B.1). A failed test is a result, not an error. */
export const testSourceConfiguration = defineOperation({
  operationId: 'testSourceConfiguration',
  tag: 'Sources',
  summary: 'Test the settings, the schemas and the connection of a source',
  method: 'POST',
  path: '/sources/{sourceId}/connector/test-configuration',
  families: contractFamilies,
  security: manageConnectors,
  userLevels: connectorLevels,
  pathParameters: connectorPath,
  success: { status: 200, schema: statusResponse },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => ({
    body: toStatusResponse(await testConfiguration(application, path.sourceId)),
  }),
});
