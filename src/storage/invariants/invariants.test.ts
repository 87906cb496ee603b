import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { defaultSettings } from '../../domain/request-config/access-request-config.ts';
import { createAccounts } from '../accounts/account-aggregation.ts';
import { createEntitlements, lockEntitlements, updateEntitlements } from '../entitlements/entitlement-aggregation.ts';
import { updateSegments } from '../entitlements/entitlement-segments.ts';
import { recordChanges } from '../changes/changes.ts';
import { connectionId } from '../connections/connection-key.ts';
import { addReasons } from '../connections/connection-reasons.ts';
import { lockConnections, storeConnectionType } from '../connections/connections.ts';
import type { Transaction } from '../database.ts';
import type { SourceTruth } from '../entitlements/entitlement-record.ts';
import { governanceGroupTable } from '../governance-groups/governance-groups.ts';
import { insertMemberships, membershipState } from '../governance-groups/memberships.ts';
import { insertIdentity } from '../identities/identities.ts';
import { insertMetadataAttribute, metadataAttributeState } from '../metadata/attributes.ts';
import { accessRequestConfigTable } from '../request-config/access-request-config.ts';
import { stateOf } from '../resources/record-rows.ts';
import { insertRecord } from '../resources/records.ts';
import { segmentTable } from '../segments/segments.ts';
import { insertChunk } from '../tasks/spool-chunks.ts';
import { storeTags } from '../tags/object-tags.ts';
import { insertNewTags } from '../tags/tags.ts';
import { insertTask } from '../tasks/tasks.ts';
import { invariants } from './invariants.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

function truth(value: string, displayName: string): SourceTruth {
  return {
    value,
    displayName,
    description: null,
    privilege: null,
    attributes: '{}',
    permissions: null,
    parents: ['parent'],
    fingerprint: displayName,
  };
}

/** Statements that violate an invariant, by its name. */
const damages: Readonly<Record<string, readonly string[]>> = {
  'every membership has an account and an entitlement': [
    `insert into account_entitlement values ('nobody', 'e1')`,
    `insert into account_entitlement values ('a1', 'nothing')`,
  ],
  'account and entitlement of a membership have the same source': [
    `insert into account_entitlement values ('a1', 'e2')`,
  ],
  'what is stored for a connection belongs to an account and an entitlement, or to their tombstones': [
    `update connection set entitlement_id = 'nothing'`,
    `update connection set account_id = 'nobody'`,
    `insert into connection_reason values ('e1', 'nobody', 'ROLE', 'r', 1, null)`,
    `insert into connection_reason values ('nothing', 'a1', 'ROLE', 'r', 1, null)`,
  ],
  'the change record of CONNECTION matches the stored objects': [
    `update connection set type = 'STANDING'`,
    `update connection set version = 2`,
    `update connection set modified = 7`,
    `delete from change where object_type = 'CONNECTION'`,
    `delete from connection`,
  ],
  'has_entitlements is set if an account holds any': [
    `update account set has_entitlements = 0 where id = 'a1'`,
    `delete from account_entitlement`,
  ],
  'has_parents is set if an entitlement has any': [
    `update entitlement set has_parents = 0 where id = 'e1'`,
    `delete from entitlement_parent`,
  ],
  'has_segments is set if an entitlement is assigned to any': [
    `update entitlement set has_segments = 1 where id = 'e1'`,
    `delete from entitlement_segment`,
  ],
  'every assignment to a segment has its segment and its entitlement, with the name': [
    `update entitlement_segment set segment_id = 'none'`,
    `update entitlement_segment set entitlement_id = 'none'`,
    `update entitlement_segment set name_folded = 'x'`,
  ],
  'the assignments to segments match the entitlements': [
    `update entitlement set segments = null where id = 'e2'`,
    `update entitlement set segments = '["s1"]' where id = 'e1'`,
    `delete from entitlement_segment`,
  ],
  'entitlement counts of sources are correct': [
    `update entitlement_count set number = number + 1`,
    `delete from entitlement_count`,
  ],
  'every parent value has a child with the same source and type': [
    `update entitlement_parent set type = 'other'`,
    `update entitlement_parent set source_id = 'other'`,
    `update entitlement_parent set child_id = 'nobody' where child_id = 'e1'`,
  ],
  'every entitlement and account has a source': [
    `update entitlement set source_id = 'none' where id = 'e1'`,
    `update account set source_id = 'none' where id = 'a1'`,
  ],
  'every secret has a source that refers to it': [
    `insert into source_secret select 'secret', id, 'password', 'x' from source where name = 'Directory'`,
  ],
  'every setting of a source has a source': [
    `insert into source_setting (source_id, name, value) values ('none', 'schedules', '[]')`,
  ],
  'referenced identities exist': [
    `update entitlement set owner_id = 'nobody' where id = 'e1'`,
    `update account set identity_id = 'nobody' where id = 'a1'`,
    `update identity set manager_id = 'nobody' where id = 'i1'`,
    `update segment set owner_id = 'nobody'`,
    `update governance_group set owner_id = 'nobody'`,
    `update access_request_config set fallback_approver_id = 'nobody'`,
  ],
  'referenced governance groups exist': [
    `update source set management_workgroup_id = 'nothing' where name = 'Directory'`,
    `update entitlement set additional_owners = '[{"type":"GOVERNANCE_GROUP","id":"nothing"}]' where id = 'e1'`,
  ],
  'every membership in a governance group has a group and an identity': [
    `update governance_group_membership set group_id = 'nothing'`,
    `update governance_group_membership set identity_id = 'nobody'`,
  ],
  'the authoritative account of an identity exists and belongs to it': [
    `update identity set account_id = 'nothing' where id = 'i1'`,
    `update identity set account_id = 'a1' where id = 'i1'`,
  ],
  'correlation keys and searchable attributes belong to existing accounts and identities': [
    `insert into account_correlation_key values ('nothing', 0, 'alias', 'x')`,
    `insert into identity_attribute values ('nobody', 'alias', 'x')`,
  ],
  'tags and objects with tags exist': [
    `delete from tag`,
    `insert into object_tag values ('ENTITLEMENT', 'nothing', 'PCI')`,
    `insert into object_tag values ('IDENTITY', 'e1', 'PCI')`,
    `insert into object_tag values ('SOURCE', 'nothing', 'PCI')`,
  ],
  'the tags of an entitlement are those of its row': [
    `update entitlement set tags = null where id = 'e1'`,
    `update entitlement set tags = '["PCI","SOX"]' where id = 'e1'`,
    `update entitlement set tags = '["OTHER"]' where id = 'e1'`,
    `update entitlement set tags = '["PCI"]' where id = 'e2'`,
    `delete from object_tag`,
  ],
  'no existing object has a tombstone': [
    `insert into entitlement_tombstone select id, source_id, type, value, 0, null, '{}' from entitlement where id = 'e1'`,
    `insert into account_tombstone select id, source_id, native_identity, 0, null, '{}' from account where id = 'a1'`,
  ],
  'an ended task has a completion status, an open task has none and has a job': [
    `update task set completion_status = null where id = 'ended'`,
    `delete from job where key = 'open'`,
    `update task set completion_status = 'SUCCESS' where id = 'open'`,
  ],
  'no upload of an ended task is stored': [
    `update task set completed = 1, completion_status = 'SUCCESS' where id = 'open'`,
  ],
  'folded columns match their values': [
    `update entitlement set name_folded = 'x' where id = 'e1'`,
    `update account set native_identity_folded = 'x' where id = 'a1'`,
    `update identity set alias_folded = 'x' where id = 'i1'`,
    `update segment set name_folded = 'x'`,
    `update governance_group set description_folded = 'x'`,
    `update metadata_attribute set name_folded = 'x'`,
    `update metadata_attribute set id = 'x'`,
  ],
  'governance groups in request configurations exist': [
    `update entitlement set request_config = '{"accessRequestConfig":{"approvalSchemes":[{"approverType":"GOVERNANCE_GROUP","approverId":"nothing"}]}}' where id = 'e1'`,
    `update source set entitlement_request_config = '{"revocationRequestConfig":{"approvalSchemes":[{"approverType":"GOVERNANCE_GROUP","approverId":"nothing"}]}}'`,
    `update access_request_config set entitlement_request_config = '{"revocationRequestConfig":{"approvalSchemes":[{"approverType":"GOVERNANCE_GROUP","approverId":"nothing"}]}}'`,
  ],
  'metadata of entitlements has existing attributes and values': [
    `update entitlement set access_model_metadata = '{"attributes":[{"key":"other","values":[]}]}' where id = 'e1'`,
    `update entitlement set access_model_metadata = '{"attributes":[{"key":"theKey","values":[{"value":"w"}]}]}'`,
    `update metadata_attribute set known_values = '[]'`,
  ],
  'the change record of ENTITLEMENT matches the stored objects': [
    `update entitlement set requestable = 1 where id = 'e1'`,
    `update entitlement set version = 5 where id = 'e1'`,
    `update entitlement set modified = 7 where id = 'e1'`,
    `update entitlement_parent set parent_value = 'other'`,
    `delete from change where object_type = 'ENTITLEMENT' and kind = 'updated'`,
    `delete from change where object_type = 'ENTITLEMENT'`,
    `delete from entitlement where id = 'e1'`,
  ],
  'the change record of ACCOUNT matches the stored objects': [
    `update account set disabled = 1 where id = 'a1'`,
    `update account set version = 2 where id = 'a1'`,
    `update account set modified = 7 where id = 'a1'`,
    `update account set identity_id = 'i1' where id = 'a1'`,
    `delete from account_entitlement`,
    `delete from change where object_type = 'ACCOUNT'`,
    `delete from account where id = 'a1'`,
  ],
  'the change record of IDENTITY matches the stored objects': [
    `update identity set name = 'Other' where id = 'i1'`,
    `update identity set capabilities = '[]' where id = 'i1'`,
    `update identity set manager_id = 'i1' where id = 'i1'`,
    `update identity set version = 2 where id = 'i1'`,
    `update identity set modified = 7 where id = 'i1'`,
    `insert into object_tag values ('IDENTITY', 'i1', 'PCI')`,
    `delete from change where object_type = 'IDENTITY'`,
    `delete from identity where id = 'i1'`,
  ],
  'the change record of SEGMENT matches the stored objects': [
    `update segment set name = 'Other', name_folded = 'other'`,
    `update segment set visibility_criteria = null`,
    `update segment set owner_id = null`,
    `update segment set version = 2`,
    `delete from change where object_type = 'SEGMENT'`,
    `delete from segment`,
  ],
  'the change record of ACCESS_REQUEST_CONFIG matches the stored objects': [
    `update access_request_config set auto_approval_enabled = 1`,
    `update access_request_config set fallback_approver_id = null`,
    `delete from access_request_config`,
  ],
  'the change record of METADATA_ATTRIBUTE matches the stored objects': [
    `update metadata_attribute set name = 'Other', name_folded = 'other'`,
    `update metadata_attribute set known_values = '[]'`,
    `update metadata_attribute set version = 2`,
    `delete from change where object_type = 'METADATA_ATTRIBUTE'`,
    `delete from metadata_attribute`,
  ],
  'the change record of TAG matches the stored objects': [
    `update tag set name = 'OTHER'`,
    `update tag set version = 2`,
    `delete from change where object_type = 'TAG'`,
    `delete from tag`,
  ],
  'the change record of GOVERNANCE_GROUP matches the stored objects': [
    `update governance_group set description = 'Other', description_folded = 'other'`,
    `delete from governance_group`,
  ],
  'the change record of GOVERNANCE_GROUP_MEMBERSHIP matches the stored objects': [
    `update governance_group_membership set identity_id = 'i2'`,
    `update governance_group_membership set created = 7`,
    `delete from change where object_type = 'GOVERNANCE_GROUP_MEMBERSHIP'`,
    `delete from governance_group_membership`,
  ],
};

/** Adds a segment, as an example of a table declared with `recordTable`. */
async function addSegment(transaction: Transaction): Promise<void> {
  const fields = {
    name: 'South',
    description: null,
    owner: { id: 'i1', name: 'Ada' },
    visibilityCriteria: { expression: { operator: 'AND', children: [] } },
    active: true,
  } as const;
  await insertRecord(transaction, segmentTable, { ...fields, id: 's1', created: 1, modified: 1, version: 1 });
  await recordChanges(transaction, origin, 1, [
    { objectType: 'SEGMENT', objectId: 's1', kind: 'created', before: null, after: stateOf(segmentTable, fields) },
  ]);
}

/** Adds settings for access requests. */
async function addSettings(transaction: Transaction): Promise<void> {
  const fallbackApprover = { id: 'i1', name: 'Ada' };
  const fields = { ...defaultSettings, fallbackApprover };
  await insertRecord(transaction, accessRequestConfigTable, {
    ...fields,
    id: 'c1',
    created: 1,
    modified: 1,
    version: 1,
  });
  const after = stateOf(accessRequestConfigTable, fields);
  await recordChanges(transaction, origin, 1, [
    { objectType: 'ACCESS_REQUEST_CONFIG', objectId: 'c1', kind: 'created', before: null, after },
  ]);
}

/** Adds a metadata attribute, and one of its values to `e1`. */
async function addMetadata(transaction: Transaction): Promise<void> {
  const attribute = {
    key: 'theKey',
    name: 'Name',
    description: null,
    multiselect: false,
    status: 'active',
    type: 'custom',
    objectTypes: ['general'],
    values: [{ value: 'v', name: 'V', status: 'active' }],
    created: 1,
    modified: 1,
    version: 1,
  } as const;
  await insertMetadataAttribute(transaction, attribute);
  const state = metadataAttributeState(attribute);
  await recordChanges(transaction, origin, 1, [
    { objectType: 'METADATA_ATTRIBUTE', objectId: 'thekey', kind: 'created', before: null, after: state },
  ]);
  const accessModelMetadata = { attributes: [{ key: 'theKey', values: [{ value: 'v' }] }] };
  await transaction.query
    .updateTable('entitlement')
    .set({ access_model_metadata: JSON.stringify(accessModelMetadata), modified: 3, version: 3 })
    .where('id', '=', 'e1')
    .execute();
  const change = { before: { accessModelMetadata: null }, after: { accessModelMetadata } };
  await recordChanges(transaction, origin, 3, [
    { objectType: 'ENTITLEMENT', objectId: 'e1', kind: 'updated', ...change },
  ]);
}

/** Adds a tag, and adds it to `e1`. */
async function addTag(transaction: Transaction): Promise<void> {
  await insertNewTags(transaction, [{ id: 't1', name: 'PCI', created: 4, modified: 4, version: 1 }]);
  await storeTags(transaction, 'ENTITLEMENT', [{ id: 'e1', version: 3, before: [], after: ['PCI'] }], 4);
  await recordChanges(transaction, origin, 4, [
    { objectType: 'TAG', objectId: 't1', kind: 'created', before: null, after: { name: 'PCI' } },
    { objectType: 'ENTITLEMENT', objectId: 'e1', kind: 'updated', before: { tags: null }, after: { tags: ['PCI'] } },
  ]);
}

/** Adds a governance group with a member. */
async function addGroup(transaction: Transaction): Promise<void> {
  const fields = { name: 'Admins', description: null, owner: null };
  await insertRecord(transaction, governanceGroupTable, { ...fields, id: 'g1', created: 1, modified: 1, version: 1 });
  const membership = { id: 'm1', groupId: 'g1', identityId: 'i1', created: 1 };
  await insertMemberships(transaction, [membership]);
  await recordChanges(transaction, origin, 1, [
    { objectType: 'GOVERNANCE_GROUP', objectId: 'g1', kind: 'created', before: null, after: fields },
    {
      objectType: 'GOVERNANCE_GROUP_MEMBERSHIP',
      objectId: 'm1',
      kind: 'created',
      before: null,
      after: membershipState(membership),
    },
  ]);
}

/** Assigns `e2` to that segment, with the same change record as the domain. */
async function assignSegment(transaction: Transaction): Promise<void> {
  const rows = await lockEntitlements(transaction, ['e2']);
  await updateSegments(
    transaction,
    [...rows.values()].map((row) => ({ row, segments: ['s1'] })),
    2,
  );
  await recordChanges(transaction, origin, 2, [
    {
      objectType: 'ENTITLEMENT',
      objectId: 'e2',
      kind: 'updated',
      before: { segments: null },
      after: { segments: ['s1'] },
    },
  ]);
}

/** Adds an identity, with the same change record as the domain. */
async function addPerson(transaction: Transaction): Promise<void> {
  const fields = { alias: 'ada', name: 'Ada', capabilities: ['ORG_ADMIN'] };
  await insertIdentity(transaction, {
    ...fields,
    id: 'i1',
    email: null,
    attributes: {},
    created: 1,
    modified: 1,
    version: 1,
  });
  await recordChanges(transaction, origin, 1, [
    { objectType: 'IDENTITY', objectId: 'i1', kind: 'created', before: null, after: fields },
  ]);
}

/** Adds an account that holds `e1`. */
async function addAccount(transaction: Transaction, sourceId: string): Promise<void> {
  const accountTruth = {
    nativeIdentity: 'ada',
    name: 'Ada',
    uuid: null,
    description: null,
    disabled: false,
    locked: false,
    attributes: {},
    entitlements: [{ type: 'group', value: 'a' }],
    fingerprint: 'x',
  };
  await createAccounts(transaction, sourceId, [{ id: 'a1', truth: accountTruth, entitlementIds: ['e1'] }], origin, 1);
}

/** Sets the type of the connection of `a1` and `e1`, and gives it a reason. */
async function setConnection(transaction: Transaction): Promise<void> {
  const key = { accountId: 'a1', entitlementId: 'e1' };
  const connection = (await lockConnections(transaction, [key])).get(connectionId(key));
  if (connection === undefined) {
    throw new Error('There is no such connection.');
  }
  await storeConnectionType(transaction, connection, 'JIT', origin, 1);
  await addReasons(transaction, [{ ...key, kind: 'ROLE', causeId: 'r1', since: 1, until: null }]);
}

/** Adds an ended task, and a waiting one with its upload in the database. */
async function addTasks(transaction: Transaction, sourceId: string): Promise<void> {
  for (const id of ['ended', 'open']) {
    const task = {
      id,
      type: 'CLOUD_GROUP_AGGREGATION',
      uniqueName: id,
      description: '',
      launcher: 'Ada',
      sourceId,
      parameters: { file: `upload-${id}` },
      attributes: {},
      actorId: null,
      clientId: null,
      trackingId: null,
    } as const;
    await insertTask(transaction, task, 1);
  }
  await transaction.query
    .updateTable('task')
    .set({ completed: 2, completion_status: 'SUCCESS' })
    .where('id', '=', 'ended')
    .execute();
  await insertChunk(transaction, { file: 'upload-open', number: 0, bytes: Buffer.from('id'), created: 1 });
}

test('every invariant has a test that violates it', () => {
  expect(Object.keys(damages).toSorted()).toEqual(invariants.map(({ name }) => name).toSorted());
});

describeStorage('invariants', (database) => {
  beforeAll(async () => {
    const sourceId = await addSource(database(), 'Directory', { group: null });
    const otherId = await addSource(database(), 'Elsewhere', { group: null });
    const scope = { sourceId, type: 'group' };
    await database().write(async (transaction) => {
      await createEntitlements(transaction, scope, [truth('a', 'A')], ['e1'], origin, 1);
      await updateEntitlements(transaction, scope, [{ id: 'e1', truth: truth('a', 'B') }], origin, 2);
      await createEntitlements(transaction, { ...scope, sourceId: otherId }, [truth('b', 'B')], ['e2'], origin, 1);
      await addAccount(transaction, sourceId);
      await setConnection(transaction);
      await addPerson(transaction);
      await addSegment(transaction);
      await addGroup(transaction);
      await assignSegment(transaction);
      await addSettings(transaction);
      await addTasks(transaction, sourceId);
      await addMetadata(transaction);
      await addTag(transaction);
    });
  });

  test('hold in a correct database', async () => {
    for (const { name, violations } of invariants) {
      expect([name, await violations(database().keyed)]).toEqual([name, []]);
    }
  });

  const cases = Object.entries(damages).flatMap(([name, statements]) =>
    statements.map((statement) => [name, statement] as const),
  );
  test.each(cases)('%s: violated by %s', async (name, statement) => {
    const undo = new Error('undone');
    let found: string[] = [];
    const damaged = database().write(async (transaction) => {
      await sql.raw(statement).execute(transaction.query);
      found = (await invariants.find((invariant) => invariant.name === name)?.violations(transaction)) ?? [];
      throw undo;
    });
    await expect(damaged).rejects.toBe(undo);
    expect(found).not.toEqual([]);
  });

  test('report an entitlement without a change record', async () => {
    const sourceId = await addSource(database(), 'Other', { group: null });
    const [id] = await addEntitlements(database(), [{ source_id: sourceId, value: 'unrecorded' }]);
    const found = await Promise.all(invariants.map(({ violations }) => violations(database().keyed)));
    expect(found.flat()).toEqual([`entitlement ${id} is not in the record`]);
  });
});
