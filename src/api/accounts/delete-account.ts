import { requestAccountChange } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountManagerLevels, manageAccounts } from './access.ts';
import { accountsAsyncResult } from './change-schemas.ts';

/** DELETE /accounts/{id} (contract B.2), which queues a task. */
export const deleteAccount = defineOperation({
  operationId: 'deleteAccount',
  tag: 'Accounts',
  summary: 'Delete an account',
  method: 'DELETE',
  path: '/accounts/{id}',
  families: contractFamilies,
  security: manageAccounts,
  userLevels: accountManagerLevels,
  pathParameters: idPath,
  success: { status: 202, schema: accountsAsyncResult },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, path, ifMatch, caller, context }) => {
    const change = { kind: 'delete', accountId: path.id } as const;
    const request = { launcher: caller.name, context, ifMatch };
    const { id } = await requestAccountChange(application, change, 'Account Deletion', request);
    return { body: { id } };
  },
});
