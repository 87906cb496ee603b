import type { Migration } from './migration.ts';

/** Settings of sources that are documents of their own, such as schedules and provisioning policies. */
export const sourceSettings: Migration = {
  name: '0014-source-settings',
  statements: (d) => [
    `CREATE TABLE source_setting (
      source_id ${d.binaryText} NOT NULL,
      name ${d.binaryText} NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (source_id, name)
    )`,
  ],
};
