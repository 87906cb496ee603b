import { requestAccountChange } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { taskResult } from '../tasks/schemas.ts';
import { manageAccounts } from './access.ts';

/** POST /accounts/{id}/remove (contract B.2), which queues a task. It does the same as DELETE. */
export const deleteAccountAsync = defineOperation({
  operationId: 'deleteAccountAsync',
  tag: 'Accounts',
  summary: 'Remove an account',
  method: 'POST',
  path: '/accounts/{id}/remove',
  families: contractFamilies,
  security: manageAccounts,
  // Beta declares no level, which would open it to all users.
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  success: { status: 202, schema: taskResult },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, ifMatch, caller, context }) => {
    const change = { kind: 'delete', accountId: path.id } as const;
    const request = { launcher: caller.name, context, ifMatch };
    const task = await requestAccountChange(application, change, 'Account Deletion', request);
    return { body: { type: 'TASK_RESULT', id: task.id, name: task.uniqueName } };
  },
});
