import type { Migration } from './migration.ts';

/**
 * The entitlements of each segment, sorted by name: a list for a person reads the entitlements of the person's segments
 * in order, however few of the catalogue they are. Ids of segments that do not exist are not taken over.
 */
export const entitlementSegments: Migration = {
  name: '0009-entitlement-segments',
  statements: (d) => [
    `CREATE TABLE entitlement_segment (
      entitlement_id ${d.binaryText} NOT NULL,
      segment_id ${d.binaryText} NOT NULL,
      name_folded ${d.binaryText} NOT NULL,
      PRIMARY KEY (entitlement_id, segment_id)
    )`,
    `INSERT INTO entitlement_segment (entitlement_id, segment_id, name_folded)
      SELECT e.id, s.id, e.name_folded
      FROM entitlement e CROSS JOIN ${d.textsOf('e.segments')} AS item JOIN segment s ON s.id = item.value
      WHERE e.segments IS NOT NULL`,
    `CREATE INDEX entitlement_segment_id ON entitlement_segment (segment_id, entitlement_id)`,
    `CREATE INDEX entitlement_segment_name ON entitlement_segment (segment_id, name_folded, entitlement_id)`,

    `ALTER TABLE entitlement ADD COLUMN has_segments INTEGER NOT NULL DEFAULT 0`,
    `UPDATE entitlement SET has_segments = 1 WHERE id IN (SELECT entitlement_id FROM entitlement_segment)`,
    // With the flag, the index of the names is enough to skip entitlements with segments. An index of those without would
    // make imports several per cent slower.
    `DROP INDEX entitlement_name`,
    `CREATE INDEX entitlement_name ON entitlement (name_folded, id, has_segments)`,
  ],
};
