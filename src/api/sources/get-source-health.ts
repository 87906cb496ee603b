import { Type } from 'typebox';
import { getSource } from '../../domain/sources/sources.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { readSources, sourceLevels } from './access.ts';
import { schemasPath, sourceStatus } from './schemas.ts';

/** GET /sources/{sourceId}/source-health (contract B.1). */
export const getSourceHealth = defineOperation({
  operationId: 'getSourceHealth',
  tag: 'Sources',
  summary: 'Get the state of a source after its last aggregation',
  method: 'GET',
  path: '/sources/{sourceId}/source-health',
  families: contractFamilies.filter((family) => family !== 'beta'),
  security: readSources,
  // The contract declares none, which would open it to all users.
  userLevels: sourceLevels,
  pathParameters: schemasPath,
  success: {
    status: 200,
    schema: Type.Object(
      {
        id: Type.String(),
        type: Type.String(),
        name: Type.String(),
        org: Type.String(),
        isAuthoritative: Type.Boolean(),
        isCluster: Type.Boolean({ description: 'False: this server reads the source itself.' }),
        hostname: Type.String({ description: 'The name under which clients reach this server.' }),
        pod: Type.String(),
        iqServiceVersion: Type.Null(),
        status: sourceStatus,
      },
      { additionalProperties: false, title: 'SourceHealthDto' },
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database, config, publicUrl }, path }) => {
    const source = await getSource(database, path.sourceId);
    return {
      body: {
        id: source.id,
        type: source.type,
        name: source.name,
        org: config.orgName,
        isAuthoritative: source.authoritative,
        isCluster: false,
        hostname: new URL(publicUrl()).hostname,
        pod: config.podName,
        iqServiceVersion: null,
        status: source.status,
      },
    };
  },
});
