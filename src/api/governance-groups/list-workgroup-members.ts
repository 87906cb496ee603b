import { Type } from 'typebox';
import { listMembers } from '../../domain/governance-groups/memberships.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { workgroupApi } from './governance-groups.ts';
import { workgroupPath } from './schemas.ts';

const { tag, path: collectionPath, families, read } = workgroupApi;

/** GET /workgroups/{workgroupId}/members (contract B.5). */
export const listWorkgroupMembers = defineOperation({
  operationId: 'listWorkgroupMembers',
  tag,
  summary: 'List the members of a governance group',
  method: 'GET',
  path: `${collectionPath}/{workgroupId}/members`,
  families,
  ...read,
  pathParameters: workgroupPath,
  collection: { maximumLimit: 50, sorters: ['name', 'created', 'modified'] },
  success: {
    status: 200,
    schema: Type.Array(
      Type.Object(
        {
          type: oneOf(['IDENTITY']),
          id: Type.String(),
          name: Type.String(),
          email: Type.Optional(Type.String()),
        },
        { additionalProperties: false, title: 'WorkgroupMember' },
      ),
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, list }) => {
    const { members, total } = await listMembers(application.database, path.workgroupId, list);
    const body = members.map(({ id, name, email }) => ({
      type: 'IDENTITY',
      id,
      name,
      ...(email === null ? {} : { email }),
    }));
    return { body, total };
  },
});
