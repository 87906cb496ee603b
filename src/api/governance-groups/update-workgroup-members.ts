import { addMembers } from '../../domain/governance-groups/memberships.ts';
import { defineOperation } from '../operation.ts';
import { writeMembers } from './access.ts';
import { workgroupApi } from './governance-groups.ts';
import { itemResults, membersInput, workgroupPath } from './schemas.ts';

const { tag, path: collectionPath, families } = workgroupApi;

/** POST /workgroups/{workgroupId}/members/bulk-add (contract B.5). */
export const updateWorkgroupMembers = defineOperation({
  operationId: 'updateWorkgroupMembers',
  tag,
  summary: 'Add members to a governance group',
  method: 'POST',
  path: `${collectionPath}/{workgroupId}/members/bulk-add`,
  families,
  ...writeMembers,
  pathParameters: workgroupPath,
  body: { mediaType: 'application/json', schema: membersInput },
  success: { status: 207, schema: itemResults('WorkgroupMemberAddItem') },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, context }) => ({
    body: await addMembers(application.database, path.workgroupId, body, context),
  }),
});
