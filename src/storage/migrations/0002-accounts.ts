import type { Migration } from './migration.ts';

/** Accounts, their entitlements, and the identities they belong to. */
export const accounts: Migration = {
  name: '0002-accounts',
  statements: (d) => [
    `CREATE TABLE account (
      id ${d.binaryText} PRIMARY KEY,
      source_id ${d.binaryText} NOT NULL,
      native_identity ${d.binaryText} NOT NULL,
      native_identity_folded ${d.binaryText} NOT NULL,
      name TEXT,
      name_folded ${d.binaryText} NOT NULL,
      uuid TEXT,
      uuid_folded ${d.binaryText},
      attributes TEXT NOT NULL,
      description TEXT,
      disabled INTEGER NOT NULL,
      locked INTEGER NOT NULL,
      identity_id ${d.binaryText},
      is_manually_correlated INTEGER NOT NULL,
      has_entitlements INTEGER NOT NULL,
      origin ${d.binaryText} NOT NULL,
      fingerprint TEXT NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX account_key ON account (source_id, native_identity)`,
    `CREATE INDEX account_native_identity ON account (native_identity_folded, id)`,
    `CREATE INDEX account_name ON account (name_folded, id)`,
    `CREATE INDEX account_source ON account (source_id, id)`,
    `CREATE INDEX account_identity ON account (identity_id, id) WHERE identity_id IS NOT NULL`,
    `CREATE INDEX account_uncorrelated ON account (id) WHERE identity_id IS NULL`,
    `CREATE INDEX account_created ON account (created, id)`,
    `CREATE INDEX account_modified ON account (modified, id)`,

    `CREATE TABLE account_tombstone (
      id ${d.binaryText} PRIMARY KEY,
      source_id ${d.binaryText} NOT NULL,
      native_identity ${d.binaryText} NOT NULL,
      deleted ${d.bigInteger} NOT NULL,
      task_id ${d.binaryText},
      account TEXT NOT NULL
    )`,
    `CREATE UNIQUE INDEX account_tombstone_key ON account_tombstone (source_id, native_identity)`,

    `CREATE TABLE account_correlation_key (
      account_id ${d.binaryText} NOT NULL,
      position INTEGER NOT NULL,
      property ${d.binaryText} NOT NULL,
      value_folded ${d.binaryText} NOT NULL,
      PRIMARY KEY (account_id, position)
    )`,
    `CREATE INDEX account_correlation_key_value ON account_correlation_key (property, value_folded)`,

    `ALTER TABLE identity ADD COLUMN first_name TEXT`,
    `ALTER TABLE identity ADD COLUMN first_name_folded ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN last_name TEXT`,
    `ALTER TABLE identity ADD COLUMN last_name_folded ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN email_folded ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN source_id ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN account_id ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN manager_id ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN manager_property ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN manager_value_folded ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN lifecycle_state TEXT`,
    `ALTER TABLE identity ADD COLUMN identity_status ${d.binaryText} NOT NULL DEFAULT 'UNREGISTERED'`,
    `ALTER TABLE identity ADD COLUMN cloud_status ${d.binaryText} NOT NULL DEFAULT 'UNREGISTERED'`,
    `ALTER TABLE identity ADD COLUMN processing_state ${d.binaryText}`,
    `ALTER TABLE identity ADD COLUMN is_protected INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE identity ADD COLUMN is_correlated INTEGER NOT NULL DEFAULT 1`,
    `ALTER TABLE identity ADD COLUMN last_refresh ${d.bigInteger}`,
    `CREATE INDEX identity_email ON identity (email_folded, id) WHERE email_folded IS NOT NULL`,
    `CREATE INDEX identity_account ON identity (account_id) WHERE account_id IS NOT NULL`,
    `CREATE INDEX identity_manager ON identity (manager_id) WHERE manager_id IS NOT NULL`,
    `CREATE INDEX identity_manager_wish ON identity (manager_property, manager_value_folded) WHERE manager_property IS NOT NULL`,
    // Sources may have two persons with the same alias. Correlation by that alias is ambiguous.
    `DROP INDEX identity_alias`,
    `CREATE INDEX identity_alias ON identity (alias_folded, id)`,

    `CREATE TABLE identity_attribute (
      identity_id ${d.binaryText} NOT NULL,
      name ${d.binaryText} NOT NULL,
      value_folded ${d.binaryText} NOT NULL,
      PRIMARY KEY (identity_id, name)
    )`,
    `CREATE INDEX identity_attribute_value ON identity_attribute (name, value_folded)`,
    `INSERT INTO identity_attribute (identity_id, name, value_folded) SELECT id, 'id', id FROM identity`,
    `INSERT INTO identity_attribute (identity_id, name, value_folded) SELECT id, 'alias', alias_folded FROM identity`,
    `INSERT INTO identity_attribute (identity_id, name, value_folded) SELECT id, 'uid', alias_folded FROM identity`,
    `INSERT INTO identity_attribute (identity_id, name, value_folded) SELECT id, 'name', name_folded FROM identity`,
    `INSERT INTO identity_attribute (identity_id, name, value_folded) SELECT id, 'displayname', name_folded FROM identity`,

    // The row that transactions lock to correlate accounts with identities, on engines that lock rows.
    `INSERT INTO property (name, value) VALUES ('correlation', '')`,
    `CREATE INDEX entitlement_additional_owners ON entitlement (id) WHERE additional_owners IS NOT NULL`,

    `ALTER TABLE entitlement ADD COLUMN is_listed INTEGER NOT NULL DEFAULT 1`,
    `CREATE INDEX entitlement_unlisted ON entitlement (source_id, id) WHERE is_listed = 0`,
    `ALTER TABLE source ADD COLUMN correlation_config TEXT`,
    `ALTER TABLE source ADD COLUMN identity_mapping TEXT`,
  ],
};
