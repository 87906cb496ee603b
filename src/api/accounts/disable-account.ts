import { accountToggleRequest, defineStateOperation } from './account-states.ts';

/** POST /accounts/{id}/disable (contract B.2), which queues a task. */
export const disableAccount = defineStateOperation({
  operationId: 'disableAccount',
  summary: 'Disable an account',
  verb: 'disable',
  field: 'disabled',
  value: true,
  taskName: 'Disable Account',
  body: accountToggleRequest,
});
