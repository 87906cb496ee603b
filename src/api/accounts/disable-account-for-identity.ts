import { defineForIdentity } from './identity-accounts.ts';

/** POST /identities-accounts/{id}/disable (contract B.2), which queues tasks. */
export const disableAccountForIdentity = defineForIdentity({
  operationId: 'disableAccountForIdentity',
  summary: 'Disable all accounts of an identity',
  verb: 'disable',
});
