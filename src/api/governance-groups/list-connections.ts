import { Type } from 'typebox';
import { listConnections as listAll } from '../../domain/governance-groups/memberships.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { workgroupApi } from './governance-groups.ts';
import { workgroupPath } from './schemas.ts';

const { tag, path: collectionPath, families, read } = workgroupApi;

/** GET /workgroups/{workgroupId}/connections (contract B.5). Of the types of the contract only sources exist here. */
export const listConnections = defineOperation({
  operationId: 'listConnections',
  tag,
  summary: 'List the sources that a governance group manages',
  method: 'GET',
  path: `${collectionPath}/{workgroupId}/connections`,
  families,
  ...read,
  pathParameters: workgroupPath,
  collection: { maximumLimit: 50, sorters: ['name', 'created', 'modified'] },
  success: {
    status: 200,
    schema: Type.Array(
      Type.Object(
        {
          object: Type.Object(
            {
              type: oneOf(['ACCESS_PROFILE', 'ROLE', 'SOD_POLICY', 'SOURCE']),
              id: Type.String(),
              name: Type.String(),
              description: Type.Optional(Type.String()),
            },
            { additionalProperties: false, title: 'ConnectedObject' },
          ),
          connectionType: oneOf(['AccessRequestReviewer', 'Owner', 'ManagementWorkgroup']),
        },
        { additionalProperties: false, title: 'WorkgroupConnectionDto' },
      ),
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, list }) => {
    const { sources, total } = await listAll(application.database, path.workgroupId, list);
    const body = sources.map(({ id, name, description }) => ({
      object: { type: 'SOURCE', id, name, ...(description === null ? {} : { description }) },
      connectionType: 'ManagementWorkgroup',
    }));
    return { body, total };
  },
});
