import { requestAccountChange } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountManagerLevels, manageAccounts } from './access.ts';
import { accountAttributes, accountsAsyncResult } from './change-schemas.ts';

/** PUT /accounts/{id} (contract B.2), which queues a task. */
export const putAccount = defineOperation({
  operationId: 'putAccount',
  tag: 'Accounts',
  summary: 'Replace the attributes of an account',
  method: 'PUT',
  path: '/accounts/{id}',
  families: contractFamilies,
  security: manageAccounts,
  userLevels: accountManagerLevels,
  pathParameters: idPath,
  body: { mediaType: 'application/json', schema: accountAttributes },
  success: { status: 202, schema: accountsAsyncResult },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, path, body, ifMatch, caller, context }) => {
    const change = { kind: 'replace', accountId: path.id, attributes: body.attributes } as const;
    const request = { launcher: caller.name, context, ifMatch };
    const { id } = await requestAccountChange(application, change, 'Account Update', request);
    return { body: { id } };
  },
});
