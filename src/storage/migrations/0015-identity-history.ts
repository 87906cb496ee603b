import type { Migration } from './migration.ts';

/**
 * Indexes of the change record for the history of identities: the accounts that an identity has lost, and the identities
 * that were deleted. Both are small: most changes have neither.
 */
export const identityHistory: Migration = {
  name: '0015-identity-history',
  statements: (d) => [
    `CREATE INDEX change_lost_account ON change ((${d.jsonText('before', 'identityId')}), object_id)
      WHERE object_type = 'ACCOUNT' AND ${d.contains('before', '"identityId":"')}`,
    `CREATE INDEX change_deleted_identity ON change (object_id) WHERE object_type = 'IDENTITY' AND kind = 'deleted'`,
  ],
};
