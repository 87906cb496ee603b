import type { Migration } from './migration.ts';

/** The secrets of sources, in a separate table, so that queries for sources do not read them. */
export const sourceSecrets: Migration = {
  name: '0007-source-secrets',
  statements: (d) => [
    `CREATE TABLE source_secret (
      id ${d.binaryText} PRIMARY KEY,
      source_id ${d.binaryText} NOT NULL,
      name ${d.binaryText} NOT NULL,
      value TEXT NOT NULL,
      UNIQUE (source_id, name)
    )`,
  ],
};
