import { Type } from 'typebox';
import { requestAccountChange } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountManagerLevels, manageAccounts } from './access.ts';

/** PATCH /accounts/{id} (contract B.2), which queues a task, although the response does not name it. */
export const updateAccount = defineOperation({
  operationId: 'updateAccount',
  tag: 'Accounts',
  summary: 'Change the identity or attributes of an account',
  method: 'PATCH',
  path: '/accounts/{id}',
  families: contractFamilies,
  security: manageAccounts,
  userLevels: accountManagerLevels,
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 202, schema: Type.Object({}) },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, path, body, ifMatch, caller, context }) => {
    const change = { kind: 'patch', accountId: path.id, operations: body } as const;
    const request = { launcher: caller.name, context, ifMatch };
    await requestAccountChange(application, change, 'Account Update', request);
    return { body: {} };
  },
});
