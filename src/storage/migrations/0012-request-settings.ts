import type { Migration } from './migration.ts';

/** How access may be requested: what is set on entitlements, on sources and for the organisation. */
export const requestSettings: Migration = {
  name: '0012-request-settings',
  statements: (d) => [
    `ALTER TABLE entitlement ADD COLUMN request_config TEXT`,
    // Those that name a governance group, which is not deleted while it approves requests.
    `CREATE INDEX entitlement_approver_group ON entitlement (id)
      WHERE ${d.contains('request_config', 'GOVERNANCE_GROUP')}`,
    `ALTER TABLE source ADD COLUMN entitlement_request_config TEXT`,
    `CREATE TABLE access_request_config (
      id ${d.binaryText} PRIMARY KEY,
      approvals_must_be_external INTEGER NOT NULL,
      auto_approval_enabled INTEGER NOT NULL,
      reauthorization_enabled INTEGER NOT NULL,
      gov_group_visibility_enabled INTEGER NOT NULL,
      machine_identity_access_request_enabled INTEGER NOT NULL,
      allow_entitlement_request INTEGER NOT NULL,
      request_on_behalf_of TEXT NOT NULL,
      reminders TEXT NOT NULL,
      fallback_approver_id ${d.binaryText},
      entitlement_request_config TEXT,
      created ${d.bigInteger} NOT NULL,
      modified ${d.bigInteger} NOT NULL,
      version INTEGER NOT NULL
    )`,
    `CREATE INDEX access_request_config_fallback ON access_request_config (fallback_approver_id)
      WHERE fallback_approver_id IS NOT NULL`,
  ],
};
