import { requestAccountChange } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountReaderLevels, changeAccountState } from './access.ts';
import { accountsAsyncResult } from './change-schemas.ts';

/** POST /accounts/{id}/reload (contract B.2), which queues a task. */
export const submitReloadAccount = defineOperation({
  operationId: 'submitReloadAccount',
  tag: 'Accounts',
  summary: 'Determine the identity of an account again',
  method: 'POST',
  path: '/accounts/{id}/reload',
  families: contractFamilies,
  security: changeAccountState,
  userLevels: accountReaderLevels,
  pathParameters: idPath,
  success: { status: 202, schema: accountsAsyncResult },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, path, ifMatch, caller, context }) => {
    const change = { kind: 'reload', accountId: path.id } as const;
    const request = { launcher: caller.name, context, ifMatch };
    const { id } = await requestAccountChange(application, change, 'Account Reload', request);
    return { body: { id } };
  },
});
