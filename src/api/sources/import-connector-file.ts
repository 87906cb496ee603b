import { Type } from 'typebox';
import { connectorOf } from '../../domain/sources/source-connector.ts';
import { getSource } from '../../domain/sources/sources.ts';
import { badRequestContent } from '../../errors.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { connectorLevels } from './access.ts';
import { connectorPath, source } from './schemas.ts';

/**
 * POST /sources/{sourceId}/upload-connector-file (contract B.1): files with which a connector works, such as drivers. No
 * connector uses any, so that every upload is refused, without reading it.
 */
export const importConnectorFile = defineOperation({
  operationId: 'importConnectorFile',
  tag: 'Sources',
  summary: 'Upload a file for the connector of a source',
  method: 'POST',
  path: '/sources/{sourceId}/upload-connector-file',
  families: contractFamilies,
  security: { userAuth: ['idn:sources-admin:manage'] },
  userLevels: connectorLevels,
  pathParameters: connectorPath,
  body: {
    mediaType: 'multipart/form-data',
    schema: Type.Object({
      file: Type.Optional(Type.String({ format: 'binary', description: 'No connector uses files.' })),
    }),
  },
  success: { status: 200, schema: source },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { operationId: 'importSourceConnectorFile' } },
  handle: async ({ application: { database, connectors }, path }) => {
    const { name, connector } = await getSource(database, path.sourceId);
    connectorOf(connectors, { name, connector });
    throw badRequestContent(
      `Source "${name}" has the connector ${connector}, which uses no files of its own. To load accounts or entitlements from a file, use load-accounts or load-entitlements.`,
    );
  },
});
