import type { Generated } from 'kysely';

/**
 * The tables as Kysely sees them; a guard test holds them against the migrated database.
 * Flag columns hold 0 or 1, times are UTC milliseconds, and JSON columns hold text (see migration 0001).
 */
export interface Tables {
  identity_attribute: IdentityAttributeTable;
  account_correlation_key: AccountCorrelationKeyTable;
  account_tombstone: AccountTombstoneTable;
  account: AccountTable;
  property: PropertyTable;
  identity: IdentityTable;
  client: ClientTable;
  signing_key: SigningKeyTable;
  source: SourceTable;
  source_schema: SourceSchemaTable;
  source_secret: SourceSecretTable;
  entitlement: EntitlementTable;
  entitlement_count: EntitlementCountTable;
  entitlement_parent: EntitlementParentTable;
  entitlement_tombstone: EntitlementTombstoneTable;
  account_entitlement: AccountEntitlementTable;
  job: JobTable;
  task: TaskTable;
  task_problem: TaskProblemTable;
  spool_chunk: SpoolChunkTable;
  change: ChangeTable;
}

/** A boolean as both engines store it. */
export type Flag = 0 | 1;

export interface PropertyTable {
  name: string;
  value: string;
}

export interface IdentityTable {
  id: string;
  alias: string;
  alias_folded: string;
  name: string;
  name_folded: string;
  email: string | null;
  attributes: string;
  capabilities: string;
  created: number;
  modified: number;
  version: number;
  first_name: string | null;
  first_name_folded: string | null;
  last_name: string | null;
  last_name_folded: string | null;
  email_folded: string | null;
  source_id: string | null;
  account_id: string | null;
  manager_id: string | null;
  manager_property: string | null;
  manager_value_folded: string | null;
  lifecycle_state: string | null;
  identity_status: string;
  cloud_status: string;
  processing_state: string | null;
  is_protected: Flag;
  is_correlated: Flag;
  last_refresh: number | null;
}

export interface ClientTable {
  id: string;
  kind: string;
  name: string;
  owner_id: string | null;
  secret_hash: string;
  scope: string | null;
  access_token_validity_seconds: number;
  expiration_date: number | null;
  user_aware_token_never_expires: Flag;
  enabled: Flag;
  details: string;
  last_used: number | null;
  created: number;
  modified: number;
  version: number;
}

export interface SigningKeyTable {
  id: string;
  private_key: string;
  public_key: string;
  created: number;
  retired: number | null;
}

export interface SourceTable {
  id: string;
  name: string;
  name_folded: string;
  description: string | null;
  description_folded: string | null;
  owner_id: string | null;
  type: string;
  type_folded: string;
  connector: string;
  connector_name: string;
  connector_name_folded: string;
  connection_type: string;
  connection_type_folded: string;
  connector_attributes: string;
  features: string;
  features_folded: string;
  category: string | null;
  category_folded: string | null;
  status: string;
  status_folded: string;
  healthy: Flag;
  since: number;
  authoritative: Flag;
  delete_threshold: number | null;
  management_workgroup_id: string | null;
  account_correlation_config_id: string | null;
  account_correlation_config_name_folded: string | null;
  manager_correlation_rule_id: string | null;
  manager_correlation_rule_type_folded: string | null;
  manager_correlation_rule_name_folded: string | null;
  details: string;
  created: number;
  modified: number;
  version: number;
  correlation_config: string | null;
  identity_mapping: string | null;
}

export interface SourceSchemaTable {
  id: string;
  source_id: string;
  name: string;
  native_object_type: string;
  identity_attribute: string | null;
  display_attribute: string | null;
  hierarchy_attribute: string | null;
  include_permissions: Flag;
  features: string;
  configuration: string;
  attributes: string;
  account_attribute: string | null;
  account_attribute_folded: string | null;
  created: number;
  modified: number;
  version: number;
}

export interface SourceSecretTable {
  id: string;
  source_id: string;
  name: string;
  value: string;
}

export interface EntitlementTable {
  id: string;
  source_id: string;
  type: string;
  type_folded: string;
  value: string;
  value_folded: string;
  fingerprint: string;
  source_display_name: string | null;
  source_description: string | null;
  source_privilege: string | null;
  attributes: string;
  permissions: string | null;
  has_parents: Flag;
  manual_name: string | null;
  manual_description: string | null;
  is_name_manual: Flag;
  is_description_manual: Flag;
  owner_id: string | null;
  additional_owners: string | null;
  requestable: Flag;
  cloud_governed: Flag;
  privilege_override: string | null;
  privilege_override_by: string | null;
  segments: string | null;
  access_model_metadata: string | null;
  name_folded: string;
  created: number;
  modified: number;
  version: number;
  is_listed: Flag;
}

/** How many entitlements a source has: triggers keep it, nobody else writes it. */
export interface EntitlementCountTable {
  source_id: string;
  number: number;
}

export interface EntitlementParentTable {
  child_id: string;
  source_id: string;
  type: string;
  parent_value: string;
}

export interface EntitlementTombstoneTable {
  id: string;
  source_id: string;
  type: string;
  value: string;
  deleted: number;
  task_id: string | null;
  entitlement: string;
}

export interface AccountEntitlementTable {
  account_id: string;
  entitlement_id: string;
}

export interface JobTable {
  key: string;
  kind: string;
  lane: string;
  sequence: string | null;
  payload: string;
  due: number;
  requests: number;
  attempts: number;
  error: string | null;
  lease: string | null;
  lease_expires: number | null;
  created: number;
}

export interface TaskTable {
  id: string;
  type: string;
  unique_name: string;
  description: string;
  launcher: string;
  launcher_folded: string;
  source_id: string | null;
  parameters: string;
  attributes: string;
  messages: string;
  progress: string | null;
  percent_complete: number;
  completion_status: string | null;
  launched: number | null;
  completed: number | null;
  worker: string | null;
  attempts: number;
  actor_id: string | null;
  client_id: string | null;
  tracking_id: string | null;
  created: number;
  modified: number;
  version: number;
}

export interface TaskProblemTable {
  task_id: string;
  number: number;
  lines: string;
  problem: string;
}

export interface SpoolChunkTable {
  file: string;
  number: number;
  bytes: Buffer;
  created: number;
}

export interface ChangeTable {
  number: Generated<number>;
  time: number;
  object_type: string;
  object_id: string;
  kind: string;
  actor_id: string | null;
  client_id: string | null;
  task_id: string | null;
  tracking_id: string | null;
  before: string | null;
  after: string | null;
}

export interface AccountTable {
  id: string;
  source_id: string;
  native_identity: string;
  native_identity_folded: string;
  name: string | null;
  name_folded: string;
  uuid: string | null;
  uuid_folded: string | null;
  attributes: string;
  description: string | null;
  disabled: Flag;
  locked: Flag;
  identity_id: string | null;
  is_manually_correlated: Flag;
  has_entitlements: Flag;
  origin: string;
  fingerprint: string;
  created: number;
  modified: number;
  version: number;
}

export interface AccountTombstoneTable {
  id: string;
  source_id: string;
  native_identity: string;
  deleted: number;
  task_id: string | null;
  account: string;
}

export interface AccountCorrelationKeyTable {
  account_id: string;
  position: number;
  property: string;
  value_folded: string;
}

export interface IdentityAttributeTable {
  identity_id: string;
  name: string;
  value_folded: string;
}
