import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Condition, ListQuery } from '../../list-query.ts';
import { findChanges } from '../../storage/changes/change-lists.ts';
import type { Database } from '../../storage/database.ts';
import { insertIdentity } from '../../storage/identities/identities.ts';
import {
  flag,
  identity,
  json,
  optionalIdentity,
  optionalJson,
  optionalText,
  optionalTime,
  recordTable,
  text,
  time,
} from '../../storage/resources/record-table.ts';
import { newId } from '../ids.ts';
import { releaseReferences } from './release-references.ts';
import { changeRecord, createRecord, getRecord, listPage, removeRecord, type Resource } from './resource.ts';

/** Every kind of column. Changes are recorded under the name of an existing object type. */
const table = recordTable('thing', 'SEGMENT', {
  name: text,
  longNote: optionalText,
  owner: identity,
  deputy: optionalIdentity,
  isOn: flag,
  since: time,
  until: optionalTime,
  data: json<readonly number[]>(),
  more: optionalJson<{ readonly a: number }>(),
});

const refusal = new Error('This one stays.');

const things: Resource<typeof table.columns> = {
  noun: 'thing',
  table,
  newId,
  rules: (fields) => ({ ...fields, data: fields.data.toSorted() }),
  beforeDeletion: async (_transaction, { name }) => {
    if (name === 'Stays') {
      throw refusal;
    }
  },
};

const context = { actorId: null, clientId: 'c', taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };
const since = '2026-01-01T00:00:00.000Z';
const minimal = { name: 'Minimal', owner: { id: 'ada' }, since, data: [] };
const all: ListQuery = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };

function where(field: string, operator: 'eq' | 'co' | 'isnull' | 'gt', ...values: (string | number)[]): Condition {
  return { kind: 'test', field, operator, values };
}

async function changesOf(database: Database, id: string) {
  const changes = await findChanges(database.keyed, { ...all, condition: where('objectId', 'eq', id) });
  return changes.map(({ kind, before, after }) => ({
    kind,
    before: JSON.parse(before ?? 'null') as unknown,
    after: JSON.parse(after ?? 'null') as unknown,
  }));
}

describeStorage('plain governance objects', (database) => {
  beforeAll(async () => {
    await database().write(async (transaction) => {
      const { binaryText, bigInteger } = transaction.dialect;
      await sql
        .raw(
          `create table thing (id ${binaryText} primary key, name text not null, name_folded ${binaryText} not null,
             long_note text, owner_id ${binaryText} not null, deputy_id ${binaryText}, is_on integer not null,
             since ${bigInteger} not null, until ${bigInteger}, data text not null, more text,
             created ${bigInteger} not null, modified ${bigInteger} not null, version integer not null)`,
        )
        .execute(transaction.query);
      for (const name of ['Ada', 'Bob']) {
        const told = { alias: name, name, email: null, attributes: {}, capabilities: [] };
        await insertIdentity(transaction, { ...told, id: name.toLowerCase(), created: 1, modified: 1, version: 1 });
      }
    });
  });
  const create = (input: object) => createRecord(database(), things, { ...minimal, ...input }, context);

  test('store the given fields, and null or false for others', async () => {
    const full = { longNote: 'n', deputy: { id: 'bob', name: 'BOB' }, isOn: true, until: since, more: { a: 1 } };
    const made = await create({ ...full, data: [3, 1, 2] });
    expect(made).toMatchObject({
      name: 'Minimal',
      owner: { id: 'ada', name: 'Ada' },
      deputy: { id: 'bob', name: 'Bob' },
      since: Date.parse(since),
      until: Date.parse(since),
      isOn: true,
      data: [1, 2, 3],
      more: { a: 1 },
      version: 1,
    });
    expect(await getRecord(database(), things, made.id)).toEqual(made);
    const bare = await create({});
    expect(bare).toMatchObject({ longNote: null, deputy: null, isOn: false, until: null, more: null, data: [] });
    expect(await getRecord(database(), things, bare.id)).toEqual(bare);
  });

  test('check the version, and record only changed fields', async () => {
    const { id } = await create({});
    const change = (more: object, ifMatch?: number) =>
      changeRecord(database(), things, id, () => ({ ...minimal, ...more }), { context, ifMatch });
    const changed = await change({ name: 'Changed', deputy: { id: 'bob' }, until: since }, 1);
    expect(changed).toMatchObject({ name: 'Changed', deputy: { id: 'bob', name: 'Bob' }, version: 2 });
    expect(await change({ name: 'Changed', deputy: { id: 'bob' }, until: since })).toEqual(changed);
    await expect(change({}, 1)).rejects.toThrow('the current version is "2"');
    await expect(change({ name: '' })).rejects.toThrow('It must not be blank');
    await expect(change({ owner: null })).rejects.toThrow('Field "owner" is required.');
    await expect(change({ owner: { id: 'nobody' } })).rejects.toThrow('Referenced owner "nobody" was not found.');
    await expect(change({ deputy: { id: 'bob', name: 'Ada' } })).rejects.toThrow('identity bob is called "Bob"');
    await removeRecord(database(), things, id, { context, ifMatch: 2 });
    await expect(getRecord(database(), things, id)).rejects.toThrow(`There is no thing with id "${id}".`);
    await expect(change({})).rejects.toThrow('There is no thing');
    expect(await changesOf(database(), id)).toMatchObject([
      { kind: 'created', before: null, after: { name: 'Minimal', owner: { type: 'IDENTITY', id: 'ada' }, since } },
      {
        kind: 'updated',
        before: { name: 'Minimal', deputy: null, until: null },
        after: { name: 'Changed', deputy: { type: 'IDENTITY', id: 'bob' }, until: since },
      },
      { kind: 'deleted', before: { name: 'Changed', data: [] }, after: null },
    ]);
  });

  test('are listed with filters, sorters and pages', async () => {
    const prefix = newId();
    for (const [name, more] of [
      ['b', { deputy: { id: 'bob' } }],
      ['A', { until: since, isOn: true }],
      ['c', { deputy: { id: 'ada' } }],
    ] as const) {
      await create({ name: `${prefix} ${name}`, ...more });
    }
    const names = async (
      condition: Condition,
      more: Partial<ListQuery> = {},
    ): Promise<[string, number | undefined]> => {
      const ours: Condition = { kind: 'and', conditions: [where('name', 'co', prefix), condition] };
      const { records, total } = await listPage(database(), things, { ...all, condition: ours, ...more });
      return [records.map(({ name }) => name.slice(-1)).join(''), total];
    };
    const any = where('since', 'gt', 0);
    const byName = [{ field: 'name', descending: false }];
    expect(await names(any, { sorts: byName })).toEqual(['Abc', 3]);
    expect(await names(any, { sorts: [{ field: 'deputy.name', descending: false }] })).toEqual(['Acb', 3]);
    expect(await names(any, { sorts: [{ field: 'deputy.name', descending: true }], limit: 1 })).toEqual(['b', 3]);
    expect(await names(any, { sorts: byName, limit: 1, offset: 1, count: false })).toEqual(['b', undefined]);
    expect(await names(any, { limit: 0 })).toEqual(['', 3]);
    expect(await names(where('deputy.id', 'eq', 'BOB'))).toEqual(['b', 1]);
    expect(await names(where('deputy.name', 'eq', 'ada'))).toEqual(['c', 1]);
    expect(await names(where('until', 'isnull'), { sorts: byName })).toEqual(['bc', 2]);
    await expect(names(where('data', 'isnull'))).rejects.toThrow('There is no column for the field "data".');
  });

  test('are not deleted if their own rule rejects it', async () => {
    const { id } = await create({ name: 'Stays' });
    await expect(removeRecord(database(), things, id, options)).rejects.toBe(refusal);
    expect((await getRecord(database(), things, id)).name).toBe('Stays');
  });

  test('lose references to a deleted identity, unless they are required', async () => {
    const { id } = await create({ deputy: { id: 'bob' } });
    const release = (identityId: string) =>
      database().write((transaction) => releaseReferences(transaction, [table], identityId, context, 7));
    await release('bob');
    expect(await getRecord(database(), things, id)).toMatchObject({ deputy: null, version: 2, modified: 7 });
    expect((await changesOf(database(), id)).at(-1)).toEqual({
      kind: 'updated',
      before: { deputy: { type: 'IDENTITY', id: 'bob' } },
      after: { deputy: null },
    });
    await expect(release('ada')).rejects.toThrow(/^This identity is the owner of thing \w+ and cannot be deleted/);
  });
});
