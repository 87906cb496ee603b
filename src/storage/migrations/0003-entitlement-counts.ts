import type { Migration } from './migration.ts';

/** The number of entitlements of each source, maintained by triggers: counting a million rows takes too long. */
export const entitlementCounts: Migration = {
  name: '0003-entitlement-counts',
  statements: (d) => [
    `CREATE TABLE entitlement_count (
      source_id ${d.binaryText} PRIMARY KEY,
      number ${d.bigInteger} NOT NULL
    )`,
    // First, as it locks out writers of other processes until the counts exist.
    ...d.keepCounts('entitlement', 'source_id', 'entitlement_count'),
    `INSERT INTO entitlement_count (source_id, number)
      SELECT source_id, count(*) FROM entitlement GROUP BY source_id`,
  ],
};
