import { newId } from '../../src/domain/ids.ts';
import type { Database } from '../../src/storage/database.ts';
import { fold } from '../../src/storage/query/fold.ts';
import { newAccount } from '../../src/storage/accounts/account-record.ts';
import type {
  AccountTable,
  EntitlementTable,
  SegmentTable,
  SourceSchemaTable,
  SourceTable,
} from '../../src/storage/tables.ts';

/** Inserts rows directly, for tests that need no aggregation. */

/** The columns of an entitlement that a test sets; the others have the defaults of an aggregation. */
export type EntitlementFixture = Partial<EntitlementTable> &
  Pick<EntitlementTable, 'source_id' | 'value'> & { readonly parents?: readonly string[] };

/** Adds a source with group schemas, given as their names and the account attributes linked to them. Returns its id. */
export async function addSource(
  database: Database,
  name: string,
  schemas: Readonly<Record<string, string | null>> = {},
): Promise<string> {
  const id = newId();
  const source: SourceTable = {
    id,
    name,
    name_folded: fold(name),
    description: null,
    description_folded: null,
    owner_id: null,
    type: 'DelimitedFile',
    type_folded: 'delimitedfile',
    connector: 'delimited-file-angularsc',
    connector_name: 'Delimited File',
    connector_name_folded: 'delimited file',
    connection_type: 'file',
    connection_type_folded: 'file',
    connector_attributes: '{}',
    features: '[]',
    features_folded: '',
    category: null,
    category_folded: null,
    status: 'SOURCE_STATE_HEALTHY',
    status_folded: 'source_state_healthy',
    healthy: 1,
    since: 0,
    authoritative: 0,
    delete_threshold: null,
    management_workgroup_id: null,
    account_correlation_config_id: null,
    account_correlation_config_name_folded: null,
    manager_correlation_rule_id: null,
    manager_correlation_rule_type_folded: null,
    manager_correlation_rule_name_folded: null,
    details: '{}',
    created: 0,
    modified: 0,
    version: 1,
    correlation_config: null,
    identity_mapping: null,
    entitlement_request_config: null,
  };
  await database.write(async (transaction) => {
    await transaction.insertRows('source', [source]);
    await transaction.insertRows(
      'source_schema',
      Object.entries(schemas).map(([type, attribute]) => schemaRow(id, type, attribute)),
    );
  });
  return id;
}

function schemaRow(sourceId: string, name: string, accountAttribute: string | null): SourceSchemaTable {
  return {
    id: newId(),
    source_id: sourceId,
    name,
    native_object_type: name,
    identity_attribute: 'id',
    display_attribute: 'name',
    hierarchy_attribute: null,
    include_permissions: 0,
    features: '[]',
    configuration: '{}',
    attributes: '[]',
    account_attribute: accountAttribute,
    account_attribute_folded: accountAttribute === null ? null : fold(accountAttribute),
    created: 0,
    modified: 0,
    version: 1,
  };
}

/** Adds entitlements, of type `group` by default. Returns their ids. */
export async function addEntitlements(database: Database, fixtures: readonly EntitlementFixture[]): Promise<string[]> {
  const rows = fixtures.map(({ parents = [], ...fixture }) => ({ parents, row: entitlementRow(fixture, parents) }));
  await database.write(async (transaction) => {
    await transaction.insertRows(
      'entitlement',
      rows.map(({ row }) => row),
    );
    await transaction.insertRows(
      'entitlement_parent',
      rows.flatMap(({ row, parents }) =>
        parents.map((value) => ({ child_id: row.id, source_id: row.source_id, type: row.type, parent_value: value })),
      ),
    );
  });
  return rows.map(({ row }) => row.id);
}

function entitlementRow(fixture: Omit<EntitlementFixture, 'parents'>, parents: readonly string[]): EntitlementTable {
  const { value, type = 'group' } = fixture;
  const name = (fixture.is_name_manual === 1 ? fixture.manual_name : fixture.source_display_name) ?? value;
  return {
    id: newId(),
    type,
    type_folded: fold(type),
    value_folded: fold(value),
    fingerprint: '',
    source_display_name: null,
    source_description: null,
    source_privilege: null,
    attributes: '{}',
    permissions: null,
    has_parents: parents.length > 0 ? 1 : 0,
    manual_name: null,
    manual_description: null,
    is_name_manual: 0,
    is_description_manual: 0,
    owner_id: null,
    additional_owners: null,
    requestable: 0,
    cloud_governed: 0,
    privilege_override: null,
    privilege_override_by: null,
    segments: null,
    access_model_metadata: null,
    request_config: null,
    tags: null,
    name_folded: fold(name),
    created: 0,
    modified: 0,
    version: 1,
    is_listed: 1,
    has_segments: 0,
    ...fixture,
  };
}

/** Adds an identity. Returns its id. */
export async function addIdentity(database: Database, name: string): Promise<string> {
  const id = newId();
  await database.write((transaction) =>
    transaction.insertRows('identity', [
      {
        id,
        alias: id,
        alias_folded: id,
        name,
        name_folded: fold(name),
        email: null,
        attributes: '{}',
        capabilities: '[]',
        created: 0,
        modified: 0,
        version: 1,
        identity_status: 'UNREGISTERED',
        cloud_status: 'UNREGISTERED',
        is_protected: 0,
        is_correlated: 1,
      },
    ]),
  );
  return id;
}

/** Adds segments with these ids, active and without criteria by default. */
export async function addSegments(
  database: Database,
  ids: readonly string[],
  more: Partial<SegmentTable> = {},
): Promise<void> {
  await database.write((transaction) =>
    transaction.insertRows(
      'segment',
      ids.map((id) => ({
        id,
        name: id,
        name_folded: fold(id),
        description: null,
        owner_id: null,
        visibility_criteria: null,
        active: 1,
        created: 0,
        modified: 0,
        version: 1,
        ...more,
      })),
    ),
  );
}

/** The columns of an account that a test sets; the others have the defaults of an aggregation. */
export type AccountFixture = Partial<AccountTable> & Pick<AccountTable, 'source_id' | 'native_identity'>;

/** Adds accounts, each with the entitlements with these ids. Returns their ids. */
export async function addAccounts(
  database: Database,
  fixtures: readonly (AccountFixture & { readonly entitlements?: readonly string[] })[],
): Promise<string[]> {
  const rows = fixtures.map(({ entitlements = [], ...fixture }) => {
    const name = fixture.name ?? fixture.native_identity;
    const row: AccountTable = {
      ...newAccount(fixture.source_id, fixture.native_identity, newId(), 0),
      name,
      name_folded: fold(name),
      uuid_folded: fixture.uuid === undefined || fixture.uuid === null ? null : fold(fixture.uuid),
      has_entitlements: entitlements.length > 0 ? 1 : 0,
      ...fixture,
    };
    return { row, entitlements };
  });
  await database.write(async (transaction) => {
    await transaction.insertRows(
      'account',
      rows.map(({ row }) => row),
    );
    await transaction.insertRows(
      'account_entitlement',
      rows.flatMap(({ row, entitlements }) => entitlements.map((id) => ({ account_id: row.id, entitlement_id: id }))),
    );
  });
  return rows.map(({ row }) => row.id);
}
