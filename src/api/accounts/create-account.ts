import { Type } from 'typebox';
import { requestAccount } from '../../tasks/request-account-change.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { accountManagerLevels, manageAccounts } from './access.ts';
import { accountAttributesCreate, accountsAsyncResult } from './change-schemas.ts';

/** POST /accounts (contract B.2), which queues a task. */
export const createAccount = defineOperation({
  operationId: 'createAccount',
  tag: 'Accounts',
  summary: 'Create an account',
  method: 'POST',
  path: '/accounts',
  families: contractFamilies,
  security: manageAccounts,
  userLevels: accountManagerLevels,
  namesObjects: ({ body }) => [{ kind: 'source', id: body.attributes.sourceId }],
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: accountAttributesCreate },
  success: { status: 202, schema: accountsAsyncResult },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, body, caller, context }) => {
    const { sourceId, ...attributes } = body.attributes;
    const { id } = await requestAccount(application, sourceId, attributes, { launcher: caller.name, context });
    return { body: { id } };
  },
});
