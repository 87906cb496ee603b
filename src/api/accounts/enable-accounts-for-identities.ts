import { defineForIdentities } from './identity-accounts.ts';

/** POST /identities-accounts/enable (contract B.2), which queues tasks. */
export const enableAccountsForIdentities = defineForIdentities({
  operationId: 'enableAccountsForIdentities',
  summary: 'Enable all accounts of identities',
  verb: 'enable',
});
