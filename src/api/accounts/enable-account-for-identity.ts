import { defineForIdentity } from './identity-accounts.ts';

/** POST /identities-accounts/{id}/enable (contract B.2), which queues tasks. */
export const enableAccountForIdentity = defineForIdentity({
  operationId: 'enableAccountForIdentity',
  summary: 'Enable all accounts of an identity',
  verb: 'enable',
});
