import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { createAccounts } from '../accounts/account-aggregation.ts';
import { createEntitlements, updateEntitlements } from '../entitlements/entitlement-aggregation.ts';
import { recordChanges } from '../changes/changes.ts';
import { connectionId } from '../connections/connection-key.ts';
import { addReasons } from '../connections/connection-reasons.ts';
import { lockConnections, storeConnectionType } from '../connections/connections.ts';
import type { Transaction } from '../database.ts';
import type { SourceTruth } from '../entitlements/entitlement-record.ts';
import { insertIdentity } from '../identities/identities.ts';
import { insertMetadataAttribute, metadataAttributeState } from '../metadata/attributes.ts';
import { stateOf } from '../resources/record-rows.ts';
import { insertRecord } from '../resources/records.ts';
import { segmentTable } from '../segments/segments.ts';
import { insertChunk } from '../tasks/spool-chunks.ts';
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
  'referenced identities exist': [
    `update entitlement set owner_id = 'nobody' where id = 'e1'`,
    `update account set identity_id = 'nobody' where id = 'a1'`,
    `update identity set manager_id = 'nobody' where id = 'i1'`,
    `update segment set owner_id = 'nobody'`,
  ],
  'the authoritative account of an identity exists and belongs to it': [
    `update identity set account_id = 'nothing' where id = 'i1'`,
    `update identity set account_id = 'a1' where id = 'i1'`,
  ],
  'correlation keys and searchable attributes belong to existing accounts and identities': [
    `insert into account_correlation_key values ('nothing', 0, 'alias', 'x')`,
    `insert into identity_attribute values ('nobody', 'alias', 'x')`,
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
    `update metadata_attribute set name_folded = 'x'`,
    `update metadata_attribute set id = 'x'`,
  ],
  'metadata of entitlements has existing attributes and values': [
    `update entitlement set access_model_metadata = '{"attributes":[{"key":"other","values":[]}]}' where id = 'e1'`,
    `update entitlement set access_model_metadata = '{"attributes":[{"key":"theKey","values":[{"value":"w"}]}]}'`,
    `update metadata_attribute set known_values = '[]'`,
  ],
  'the change record of ENTITLEMENT matches the stored objects': [
    `update entitlement set requestable = 1 where id = 'e1'`,
    `update entitlement set version = 4 where id = 'e1'`,
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
  'the change record of METADATA_ATTRIBUTE matches the stored objects': [
    `update metadata_attribute set name = 'Other', name_folded = 'other'`,
    `update metadata_attribute set known_values = '[]'`,
    `update metadata_attribute set version = 2`,
    `delete from change where object_type = 'METADATA_ATTRIBUTE'`,
    `delete from metadata_attribute`,
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
      await addTasks(transaction, sourceId);
      await addMetadata(transaction);
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
