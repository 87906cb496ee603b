import { requestAccountRemoval } from '../../tasks/request-account-removal.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { taskResult } from '../tasks/schemas.ts';

/** POST /sources/{id}/remove-accounts (contract B.1), which queues a task. */
export const deleteAccountsAsync = defineOperation({
  operationId: 'deleteAccountsAsync',
  tag: 'Sources',
  summary: 'Remove all accounts of a source',
  method: 'POST',
  path: '/sources/{id}/remove-accounts',
  families: contractFamilies,
  security: { userAuth: ['idn:accounts:manage'] },
  // Beta declares no level, which would open it to all users.
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  success: { status: 202, schema: taskResult },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, caller, context }) => {
    const task = await requestAccountRemoval(application, {
      sourceId: path.id,
      launcher: caller.name,
      context,
    });
    return { body: { type: 'TASK_RESULT', id: task.id, name: task.uniqueName } };
  },
});
