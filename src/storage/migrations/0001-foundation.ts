import type { Migration } from './migration.ts';

/**
 * The foundation. Conventions of every table: ids are text, times are UTC milliseconds, booleans are 0 or 1,
 * JSON is kept as the text that was produced once, `*_folded` is the same text prepared for comparison
 * (`fold.ts`), and `version` counts the changes of a mutable row.
 */
export const foundation: Migration = {
  name: '0001-foundation',
  statements: (d) => [
    `CREATE TABLE property (
      name ${d.binaryText} PRIMARY KEY,
      value TEXT NOT NULL
    )`,

    `CREATE TABLE identity (
      id ${d.binaryText} PRIMARY KEY,
      alias TEXT NOT NULL,
      alias_folded ${d.binaryText} NOT NULL,
      name TEXT NOT NULL,
      name_folded ${d.binaryText} NOT NULL,
      email TEXT,
      attributes TEXT NOT NULL,
      capabilities TEXT NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX identity_alias ON identity (alias_folded)`,
    `CREATE INDEX identity_name ON identity (name_folded, id)`,
    `CREATE INDEX identity_capable ON identity (id) WHERE capabilities <> '[]'`,

    `CREATE TABLE client (
      id ${d.binaryText} PRIMARY KEY,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      owner_id ${d.binaryText},
      secret_hash TEXT NOT NULL,
      scope TEXT,
      access_token_validity_seconds INTEGER NOT NULL,
      expiration_date ${d.bigInteger},
      user_aware_token_never_expires INTEGER NOT NULL,
      enabled INTEGER NOT NULL,
      details TEXT NOT NULL,
      last_used ${d.bigInteger},
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE INDEX client_owner ON client (owner_id)`,

    `CREATE TABLE signing_key (
      id ${d.binaryText} PRIMARY KEY,
      private_key TEXT NOT NULL,
      public_key TEXT NOT NULL,
      created ${d.bigInteger} NOT NULL,
      retired ${d.bigInteger}
    )`,

    `CREATE TABLE source (
      id ${d.binaryText} PRIMARY KEY,
      name TEXT NOT NULL,
      name_folded ${d.binaryText} NOT NULL,
      description TEXT,
      description_folded ${d.binaryText},
      owner_id ${d.binaryText},
      type TEXT NOT NULL,
      type_folded ${d.binaryText} NOT NULL,
      connector TEXT NOT NULL,
      connector_name TEXT NOT NULL,
      connector_name_folded ${d.binaryText} NOT NULL,
      connection_type TEXT NOT NULL,
      connection_type_folded ${d.binaryText} NOT NULL,
      connector_attributes TEXT NOT NULL,
      features TEXT NOT NULL,
      features_folded ${d.binaryText} NOT NULL,
      category TEXT,
      category_folded ${d.binaryText},
      status TEXT NOT NULL,
      status_folded ${d.binaryText} NOT NULL,
      healthy INTEGER NOT NULL,
      since ${d.bigInteger} NOT NULL,
      authoritative INTEGER NOT NULL,
      delete_threshold INTEGER,
      management_workgroup_id ${d.binaryText},
      account_correlation_config_id ${d.binaryText},
      account_correlation_config_name_folded ${d.binaryText},
      manager_correlation_rule_id ${d.binaryText},
      manager_correlation_rule_type_folded ${d.binaryText},
      manager_correlation_rule_name_folded ${d.binaryText},
      details TEXT NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX source_name ON source (name_folded)`,

    `CREATE TABLE source_schema (
      id ${d.binaryText} PRIMARY KEY,
      source_id ${d.binaryText} NOT NULL,
      name ${d.binaryText} NOT NULL,
      native_object_type TEXT NOT NULL,
      identity_attribute TEXT,
      display_attribute TEXT,
      hierarchy_attribute TEXT,
      include_permissions INTEGER NOT NULL,
      features TEXT NOT NULL,
      configuration TEXT NOT NULL,
      attributes TEXT NOT NULL,
      account_attribute TEXT,
      account_attribute_folded ${d.binaryText},
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX source_schema_name ON source_schema (source_id, name)`,
    `CREATE INDEX source_schema_account_attribute ON source_schema (account_attribute_folded)`,

    `CREATE TABLE entitlement (
      id ${d.binaryText} PRIMARY KEY,
      source_id ${d.binaryText} NOT NULL,
      type ${d.binaryText} NOT NULL,
      type_folded ${d.binaryText} NOT NULL,
      value ${d.binaryText} NOT NULL,
      value_folded ${d.binaryText} NOT NULL,
      fingerprint TEXT NOT NULL,
      source_display_name TEXT,
      source_description TEXT,
      source_privilege TEXT,
      attributes TEXT NOT NULL,
      permissions TEXT,
      has_parents INTEGER NOT NULL,
      manual_name TEXT,
      manual_description TEXT,
      is_name_manual INTEGER NOT NULL,
      is_description_manual INTEGER NOT NULL,
      owner_id ${d.binaryText},
      additional_owners TEXT,
      requestable INTEGER NOT NULL,
      cloud_governed INTEGER NOT NULL,
      privilege_override TEXT,
      privilege_override_by TEXT,
      segments TEXT,
      access_model_metadata TEXT,
      name_folded ${d.binaryText} NOT NULL,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE UNIQUE INDEX entitlement_key ON entitlement (source_id, type, value)`,
    `CREATE INDEX entitlement_name ON entitlement (name_folded, id)`,
    `CREATE INDEX entitlement_source ON entitlement (source_id, id, type_folded)`,
    `CREATE INDEX entitlement_source_name ON entitlement (source_id, name_folded, id)`,
    `CREATE INDEX entitlement_value ON entitlement (value_folded, id)`,
    `CREATE INDEX entitlement_type ON entitlement (type_folded, id)`,
    `CREATE INDEX entitlement_created ON entitlement (created, id)`,
    `CREATE INDEX entitlement_modified ON entitlement (modified, id)`,
    `CREATE INDEX entitlement_owner ON entitlement (owner_id, id) WHERE owner_id IS NOT NULL`,
    `CREATE INDEX entitlement_requestable ON entitlement (requestable, id)`,
    `CREATE INDEX entitlement_privilege
      ON entitlement (lower(coalesce(privilege_override, source_privilege, 'NONE')), id)`,

    `CREATE TABLE entitlement_parent (
      child_id ${d.binaryText} NOT NULL,
      source_id ${d.binaryText} NOT NULL,
      type ${d.binaryText} NOT NULL,
      parent_value ${d.binaryText} NOT NULL,
      PRIMARY KEY (child_id, parent_value)
    )`,
    `CREATE INDEX entitlement_parent_value ON entitlement_parent (source_id, type, parent_value)`,

    `CREATE TABLE entitlement_tombstone (
      id ${d.binaryText} PRIMARY KEY,
      source_id ${d.binaryText} NOT NULL,
      type ${d.binaryText} NOT NULL,
      value ${d.binaryText} NOT NULL,
      deleted ${d.bigInteger} NOT NULL,
      task_id ${d.binaryText},
      entitlement TEXT NOT NULL
    )`,
    `CREATE UNIQUE INDEX entitlement_tombstone_key ON entitlement_tombstone (source_id, type, value)`,

    `CREATE TABLE account_entitlement (
      account_id ${d.binaryText} NOT NULL,
      entitlement_id ${d.binaryText} NOT NULL,
      PRIMARY KEY (account_id, entitlement_id)
    )`,
    `CREATE INDEX account_entitlement_entitlement ON account_entitlement (entitlement_id)`,

    `CREATE TABLE task (
      id ${d.binaryText} PRIMARY KEY,
      type ${d.binaryText} NOT NULL,
      unique_name TEXT NOT NULL,
      description TEXT NOT NULL,
      launcher TEXT NOT NULL,
      launcher_folded ${d.binaryText} NOT NULL,
      source_id ${d.binaryText},
      parameters TEXT NOT NULL,
      attributes TEXT NOT NULL,
      messages TEXT NOT NULL,
      progress TEXT,
      percent_complete INTEGER NOT NULL,
      completion_status ${d.binaryText},
      launched ${d.bigInteger},
      completed ${d.bigInteger},
      worker TEXT,
      lease_expires ${d.bigInteger},
      attempts INTEGER NOT NULL,
      actor_id ${d.binaryText},
      client_id ${d.binaryText},
      tracking_id TEXT,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE INDEX task_created ON task (created, id)`,
    `CREATE INDEX task_open ON task (created) WHERE completed IS NULL`,
    `CREATE INDEX task_source ON task (source_id, created)`,

    `CREATE TABLE task_problem (
      task_id ${d.binaryText} NOT NULL,
      number INTEGER NOT NULL,
      lines TEXT NOT NULL,
      problem TEXT NOT NULL,
      PRIMARY KEY (task_id, number)
    )`,

    `CREATE TABLE spool_chunk (
      file ${d.binaryText} NOT NULL,
      number INTEGER NOT NULL,
      bytes ${d.bytes} NOT NULL,
      created ${d.bigInteger} NOT NULL,
      PRIMARY KEY (file, number)
    )`,

    `CREATE TABLE change (
      number ${d.sequence},
      time ${d.bigInteger} NOT NULL,
      object_type ${d.binaryText} NOT NULL,
      object_id ${d.binaryText} NOT NULL,
      kind TEXT NOT NULL,
      actor_id ${d.binaryText},
      client_id ${d.binaryText},
      task_id ${d.binaryText},
      tracking_id TEXT,
      before TEXT,
      after TEXT
    )`,
    `CREATE INDEX change_object ON change (object_type, object_id, number)`,
    `CREATE INDEX change_time ON change (time)`,
    `CREATE INDEX change_task ON change (task_id) WHERE task_id IS NOT NULL`,
  ],
};
