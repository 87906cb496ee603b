import { pingCluster as ping } from '../../domain/sources/ping-cluster.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { connectorLevels, manageConnectors } from './access.ts';
import { statusResponse, toStatusResponse } from './connection-test.ts';
import { connectorPath } from './schemas.ts';

/** POST /sources/{sourceId}/connector/ping-cluster (contract B.1). */
export const pingCluster = defineOperation({
  operationId: 'pingCluster',
  tag: 'Sources',
  summary: 'Test the server that reads a source',
  method: 'POST',
  path: '/sources/{sourceId}/connector/ping-cluster',
  families: contractFamilies,
  security: manageConnectors,
  userLevels: connectorLevels,
  pathParameters: connectorPath,
  success: { status: 200, schema: statusResponse },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database, config }, path }) => ({
    body: toStatusResponse(await ping(database, config.dataDir, path.sourceId)),
  }),
});
