import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { createAccounts } from '../accounts/account-aggregation.ts';
import { createEntitlements, updateEntitlements } from '../entitlements/entitlement-aggregation.ts';
import { recordChanges } from '../changes/changes.ts';
import type { Transaction } from '../database.ts';
import type { SourceTruth } from '../entitlements/entitlement-record.ts';
import { insertIdentity } from '../identities/identities.ts';
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

/** By the name of an invariant, what is done to a sound database so that it must not hold any more. */
const damages: Readonly<Record<string, readonly string[]>> = {
  'every membership has its account and its entitlement': [
    `insert into account_entitlement values ('nobody', 'e1')`,
    `insert into account_entitlement values ('a1', 'nothing')`,
  ],
  'memberships stay within their source': [`insert into account_entitlement values ('a1', 'e2')`],
  'has_entitlements says whether an account holds any': [
    `update account set has_entitlements = 0 where id = 'a1'`,
    `delete from account_entitlement`,
  ],
  'has_parents says whether an entitlement names any': [
    `update entitlement set has_parents = 0 where id = 'e1'`,
    `delete from entitlement_parent`,
  ],
  'how many entitlements each source has is kept': [
    `update entitlement_count set number = number + 1`,
    `delete from entitlement_count`,
  ],
  'every named parent has its child, of the same source and type': [
    `update entitlement_parent set type = 'other'`,
    `update entitlement_parent set source_id = 'other'`,
    `update entitlement_parent set child_id = 'nobody' where child_id = 'e1'`,
  ],
  'every entitlement and account has its source': [
    `update entitlement set source_id = 'none' where id = 'e1'`,
    `update account set source_id = 'none' where id = 'a1'`,
  ],
  'every secret has a source that refers to it': [
    `insert into source_secret select 'secret', id, 'password', 'x' from source where name = 'Directory'`,
  ],
  'identities that are referred to are there': [
    `update entitlement set owner_id = 'nobody' where id = 'e1'`,
    `update account set identity_id = 'nobody' where id = 'a1'`,
    `update identity set manager_id = 'nobody' where id = 'i1'`,
    `update segment set owner_id = 'nobody'`,
  ],
  'the account that speaks for an identity is there and belongs to it': [
    `update identity set account_id = 'nothing' where id = 'i1'`,
    `update identity set account_id = 'a1' where id = 'i1'`,
  ],
  'what finds accounts and identities belongs to one that is there': [
    `insert into account_correlation_key values ('nothing', 0, 'alias', 'x')`,
    `insert into identity_attribute values ('nobody', 'alias', 'x')`,
  ],
  'nothing is both there and deleted': [
    `insert into entitlement_tombstone select id, source_id, type, value, 0, null, '{}' from entitlement where id = 'e1'`,
    `insert into account_tombstone select id, source_id, native_identity, 0, null, '{}' from account where id = 'a1'`,
  ],
  'a task that ended has an outcome, an open one none, but a job that runs it': [
    `update task set completion_status = null where id = 'ended'`,
    `delete from job where key = 'open'`,
    `update task set completion_status = 'SUCCESS' where id = 'open'`,
  ],
  'the database keeps no upload of a task that ended': [
    `update task set completed = 1, completion_status = 'SUCCESS' where id = 'open'`,
  ],
  'folded columns follow from their values': [
    `update entitlement set name_folded = 'x' where id = 'e1'`,
    `update account set native_identity_folded = 'x' where id = 'a1'`,
    `update identity set alias_folded = 'x' where id = 'i1'`,
    `update segment set name_folded = 'x'`,
  ],
  'no change of ENTITLEMENT without its record, no record without its change': [
    `update entitlement set requestable = 1 where id = 'e1'`,
    `update entitlement set version = 3 where id = 'e1'`,
    `update entitlement set modified = 7 where id = 'e1'`,
    `update entitlement_parent set parent_value = 'other'`,
    `delete from change where object_type = 'ENTITLEMENT' and kind = 'updated'`,
    `delete from change where object_type = 'ENTITLEMENT'`,
    `delete from entitlement where id = 'e1'`,
  ],
  'no change of ACCOUNT without its record, no record without its change': [
    `update account set disabled = 1 where id = 'a1'`,
    `update account set version = 2 where id = 'a1'`,
    `update account set modified = 7 where id = 'a1'`,
    `update account set identity_id = 'i1' where id = 'a1'`,
    `delete from account_entitlement`,
    `delete from change where object_type = 'ACCOUNT'`,
    `delete from account where id = 'a1'`,
  ],
  'no change of IDENTITY without its record, no record without its change': [
    `update identity set name = 'Other' where id = 'i1'`,
    `update identity set capabilities = '[]' where id = 'i1'`,
    `update identity set manager_id = 'i1' where id = 'i1'`,
    `update identity set version = 2 where id = 'i1'`,
    `update identity set modified = 7 where id = 'i1'`,
    `delete from change where object_type = 'IDENTITY'`,
    `delete from identity where id = 'i1'`,
  ],
  'no change of SEGMENT without its record, no record without its change': [
    `update segment set name = 'Other', name_folded = 'other'`,
    `update segment set visibility_criteria = null`,
    `update segment set owner_id = null`,
    `update segment set version = 2`,
    `delete from change where object_type = 'SEGMENT'`,
    `delete from segment`,
  ],
};

/** One of the plain governance objects, of which all is declared. */
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

/** A person, whose making is in the record as the domain puts it there. */
async function addPerson(transaction: Transaction): Promise<void> {
  const told = { alias: 'ada', name: 'Ada', capabilities: ['ORG_ADMIN'] };
  await insertIdentity(transaction, {
    ...told,
    id: 'i1',
    email: null,
    attributes: {},
    created: 1,
    modified: 1,
    version: 1,
  });
  await recordChanges(transaction, origin, 1, [
    { objectType: 'IDENTITY', objectId: 'i1', kind: 'created', before: null, after: told },
  ]);
}

/** An account that holds `e1`. */
async function addAccount(transaction: Transaction, sourceId: string): Promise<void> {
  const told = {
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
  await createAccounts(transaction, sourceId, [{ id: 'a1', truth: told, entitlementIds: ['e1'] }], origin, 1);
}

/** A task that ended, and one that waits for its turn with its upload in the database. */
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

test('every invariant was seen broken', () => {
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
      await addPerson(transaction);
      await addSegment(transaction);
      await addTasks(transaction, sourceId);
    });
  });

  test('hold in a database that was written as it should be', async () => {
    for (const { name, violations } of invariants) {
      expect([name, await violations(database().keyed)]).toEqual([name, []]);
    }
  });

  const cases = Object.entries(damages).flatMap(([name, statements]) =>
    statements.map((statement) => [name, statement] as const),
  );
  test.each(cases)('%s: not after %s', async (name, statement) => {
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

  test('an entitlement that nobody recorded', async () => {
    const sourceId = await addSource(database(), 'Other', { group: null });
    const [id] = await addEntitlements(database(), [{ source_id: sourceId, value: 'unrecorded' }]);
    const found = await Promise.all(invariants.map(({ violations }) => violations(database().keyed)));
    expect(found.flat()).toEqual([`entitlement ${id} is not in the record`]);
  });
});
