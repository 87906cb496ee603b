import type { Migration } from './migration.ts';

/** How many entitlements each source has, kept by the engine itself: counting a million rows takes too long for a page. */
export const entitlementCounts: Migration = {
  name: '0003-entitlement-counts',
  statements: (d) => [
    `CREATE TABLE entitlement_count (
      source_id ${d.binaryText} PRIMARY KEY,
      number ${d.bigInteger} NOT NULL
    )`,
    // First, as it keeps writers of other processes out until the counts are there.
    ...d.keepCounts('entitlement', 'source_id', 'entitlement_count'),
    `INSERT INTO entitlement_count (source_id, number)
      SELECT source_id, count(*) FROM entitlement GROUP BY source_id`,
  ],
};
