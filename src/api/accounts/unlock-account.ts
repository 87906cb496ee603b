import { accountUnlockRequest, defineStateOperation } from './account-states.ts';

/** POST /accounts/{id}/unlock (contract B.2), which queues a task. */
export const unlockAccount = defineStateOperation({
  operationId: 'unlockAccount',
  summary: 'Unlock an account',
  verb: 'unlock',
  field: 'locked',
  value: false,
  taskName: 'Unlock Account',
  body: accountUnlockRequest,
});
