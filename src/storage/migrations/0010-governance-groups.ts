import type { Migration } from './migration.ts';

/**
 * Governance groups and their members. Sources could refer to groups before there were any; these references lead
 * nowhere and are cleared.
 */
export const governanceGroups: Migration = {
  name: '0010-governance-groups',
  statements: (d) => [
    `CREATE TABLE governance_group (
      id ${d.binaryText} PRIMARY KEY,
      name TEXT NOT NULL,
      name_folded ${d.binaryText} NOT NULL,
      description TEXT,
      description_folded ${d.binaryText},
      owner_id ${d.binaryText},
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE INDEX governance_group_owner ON governance_group (owner_id) WHERE owner_id IS NOT NULL`,
    `CREATE TABLE governance_group_membership (
      id ${d.binaryText} PRIMARY KEY,
      group_id ${d.binaryText} NOT NULL,
      identity_id ${d.binaryText} NOT NULL,
      created ${d.bigInteger} NOT NULL,
      UNIQUE (group_id, identity_id)
    )`,
    `CREATE INDEX governance_group_membership_identity ON governance_group_membership (identity_id)`,
    `UPDATE source SET management_workgroup_id = NULL WHERE management_workgroup_id IS NOT NULL`,
    `CREATE INDEX source_management_workgroup ON source (management_workgroup_id)
      WHERE management_workgroup_id IS NOT NULL`,
    `CREATE INDEX source_owner ON source (owner_id) WHERE owner_id IS NOT NULL`,
  ],
};
