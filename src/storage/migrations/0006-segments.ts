import type { Migration } from './migration.ts';

/** Segments, which define for which identities entitlements and access profiles are visible. */
export const segments: Migration = {
  name: '0006-segments',
  statements: (d) => [
    `CREATE TABLE segment (
      id ${d.binaryText} PRIMARY KEY,
      name TEXT NOT NULL,
      name_folded ${d.binaryText} NOT NULL,
      description TEXT,
      owner_id ${d.binaryText},
      visibility_criteria TEXT,
      active INTEGER NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE INDEX segment_owner ON segment (owner_id) WHERE owner_id IS NOT NULL`,
  ],
};
