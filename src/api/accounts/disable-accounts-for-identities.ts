import { defineForIdentities } from './identity-accounts.ts';

/** POST /identities-accounts/disable (contract B.2), which queues tasks. */
export const disableAccountsForIdentities = defineForIdentities({
  operationId: 'disableAccountsForIdentities',
  summary: 'Disable all accounts of identities',
  verb: 'disable',
});
