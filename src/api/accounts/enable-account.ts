import { accountToggleRequest, defineStateOperation } from './account-states.ts';

/** POST /accounts/{id}/enable (contract B.2), which queues a task. */
export const enableAccount = defineStateOperation({
  operationId: 'enableAccount',
  summary: 'Enable an account',
  verb: 'enable',
  field: 'disabled',
  value: false,
  taskName: 'Enable Account',
  body: accountToggleRequest,
});
