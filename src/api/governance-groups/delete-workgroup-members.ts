import { removeMembers } from '../../domain/governance-groups/memberships.ts';
import { defineOperation } from '../operation.ts';
import { writeMembers } from './access.ts';
import { workgroupApi } from './governance-groups.ts';
import { itemResults, membersInput, workgroupPath } from './schemas.ts';

const { tag, path: collectionPath, families } = workgroupApi;

/** POST /workgroups/{workgroupId}/members/bulk-delete (contract B.5). */
export const deleteWorkgroupMembers = defineOperation({
  operationId: 'deleteWorkgroupMembers',
  tag,
  summary: 'Remove members from a governance group',
  method: 'POST',
  path: `${collectionPath}/{workgroupId}/members/bulk-delete`,
  families,
  ...writeMembers,
  pathParameters: workgroupPath,
  body: { mediaType: 'application/json', schema: membersInput },
  success: { status: 207, schema: itemResults('WorkgroupMemberDeleteItem') },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { security: { userAuth: ['idn:workgroup:write'] } } },
  handle: async ({ application, path, body, context }) => ({
    body: await removeMembers(application.database, path.workgroupId, body, context),
  }),
});
