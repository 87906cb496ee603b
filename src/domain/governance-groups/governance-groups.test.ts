import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { changesOf } from '../../../tests/support/changes.ts';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import type { Condition, ListQuery } from '../../list-query.ts';
import { findChanges } from '../../storage/changes/change-lists.ts';
import { insertIdentity } from '../../storage/identities/identities.ts';
import { deleteIdentity } from '../identities/delete-identity.ts';
import { newId } from '../ids.ts';
import { createRecord, getRecord, removeRecord } from '../resources/resource.ts';
import { governanceGroups } from './governance-groups.ts';
import { listGroups, withFiguresOf } from './group-lists.ts';
import { removeGroups } from './remove-groups.ts';
import { addMembers, endMemberships, listConnections, listMembers, removeMembers } from './memberships.ts';

const context = { actorId: null, clientId: 'c', taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };
const all: ListQuery = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };

const ofMemberships: Condition = {
  kind: 'test',
  field: 'objectType',
  operator: 'eq',
  values: ['GOVERNANCE_GROUP_MEMBERSHIP'],
};

describeStorage('governance groups', (database) => {
  const person = async (name: string, email: string | null = null): Promise<{ id: string }> => {
    const id = newId();
    const fields = { id, alias: id, name, email, attributes: {}, capabilities: [] };
    await database().write((transaction) =>
      insertIdentity(transaction, { ...fields, created: 1, modified: 1, version: 1 }),
    );
    return { id };
  };
  const create = (name: string, more: object = {}) =>
    createRecord(database(), governanceGroups, { name, ...more }, context);
  const statuses = (results: readonly { id: string; status: number }[]) => results.map(({ status }) => status);
  const namesOf = async (groupId: string, list: Partial<ListQuery> = {}) => {
    const { members, total } = await listMembers(database(), groupId, { ...all, ...list });
    return [members.map(({ name }) => name), total];
  };
  const manage = async (sourceId: string, groupId: string | null) => {
    await database().write((transaction) =>
      transaction.query
        .updateTable('source')
        .set({ management_workgroup_id: groupId })
        .where('id', '=', sourceId)
        .execute(),
    );
  };
  const isAnyoneWaiting = async () => {
    const { rows } = await sql`SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(database().keyed.query);
    return rows.length > 0;
  };
  let ada: { id: string };
  let ben: { id: string };
  beforeAll(async () => {
    ada = await person('Ada', 'ada@example.org');
    ben = await person('Ben');
  });

  test('count their members and the sources that they manage', async () => {
    const { id } = await create('Counted', { owner: ada });
    const other = await create('Other');
    await addMembers(database(), id, [ada, ben], context);
    await addMembers(database(), other.id, [ben], context);
    const source = await addSource(database(), 'Managed');
    await manage(source, id);
    const figures = { memberCount: 2, connectionCount: 1, ownerEmail: 'ada@example.org' };
    expect(await withFiguresOf(database(), await getRecord(database(), governanceGroups, id))).toMatchObject(figures);
    const condition: Condition = { kind: 'test', field: 'memberships.identityId', operator: 'eq', values: [ben.id] };
    const { groups, total } = await listGroups(database(), {
      ...all,
      condition,
      sorts: [{ field: 'name', descending: false }],
    });
    expect(total).toBe(2);
    expect(groups).toMatchObject([
      { name: 'Counted', ...figures },
      { name: 'Other', memberCount: 1, connectionCount: 0, ownerEmail: null },
    ]);
    const connections = await listConnections(database(), id, all);
    expect(connections).toEqual({ sources: [{ id: source, name: 'Managed', description: null }], total: 1 });
    await manage(source, null);
  });

  test('can be sorted by description; those without one come first', async () => {
    const made = [
      await create('A', { description: 'b' }),
      await create('B', { description: null }),
      await create('C', { description: 'Á' }),
    ].map(({ id }) => id);
    const condition: Condition = { kind: 'test', field: 'id', operator: 'in', values: made };
    const names = async (descending: boolean) =>
      (await listGroups(database(), { ...all, condition, sorts: [{ field: 'description', descending }] })).groups.map(
        ({ name }) => name,
      );
    expect([await names(false), await names(true)]).toEqual([
      ['B', 'A', 'C'],
      ['C', 'A', 'B'],
    ]);
  });

  test('have members, each added and removed with its own result', async () => {
    const { id } = await create('Members');
    const added = await addMembers(
      database(),
      id,
      [ada, { id: 'nobody' }, { id: ben.id, name: 'Bob' }, { id: ben.id, name: 'BEN' }, ada],
      context,
    );
    expect(statuses(added)).toEqual([201, 404, 400, 201, 409]);
    expect(added[2]?.description).toBe(
      `The name is "Bob", but identity ${ben.id} is called "Ben". Send that name or omit it.`,
    );
    expect(statuses(await addMembers(database(), id, [ada], context))).toEqual([409]);
    expect(await namesOf(id, { sorts: [{ field: 'name', descending: true }] })).toEqual([['Ben', 'Ada'], 2]);
    expect(await namesOf(id, { sorts: [{ field: 'name', descending: false }], limit: 1, offset: 1 })).toEqual([
      ['Ben'],
      2,
    ]);
    expect(await namesOf(id, { limit: 0, count: false })).toEqual([[], undefined]);
    expect(statuses(await removeMembers(database(), id, [ada, ada, { id: 'nobody' }], context))).toEqual([
      204, 404, 404,
    ]);
    expect(await namesOf(id)).toEqual([['Ben'], 1]);
    await expect(addMembers(database(), 'nothing', [ada], context)).rejects.toThrow(
      'There is no governance group with id "nothing".',
    );
    await expect(listMembers(database(), 'nothing', all)).rejects.toThrow('There is no governance group');
  });

  test('added at the same time, a member is added once', async () => {
    const { id } = await create('Concurrent');
    const results = await Promise.all([1, 2, 3].map(() => addMembers(database(), id, [ada], context)));
    expect(results.flatMap(statuses).toSorted()).toEqual([201, 409, 409]);
    expect(await namesOf(id)).toEqual([['Ada'], 1]);
  });

  test('removed while the identity is deleted, a member has one record of it', async () => {
    const { id } = await create('Contested');
    const leaving = await person('Leaving soon');
    await addMembers(database(), id, [leaving, ben], context);
    let removal: ReturnType<typeof removeMembers> | undefined;
    await database().write(async (transaction) => {
      await endMemberships(transaction, { identityId: leaving.id }, context, 1);
      removal ??= removeMembers(database(), id, [leaving, ben], context);
      // In SQLite the removal has not begun; in PostgreSQL it has found the membership and waits for this transaction.
      while (transaction.dialect.locksRows && !(await isAnyoneWaiting())) {
        await setTimeout(20);
      }
    });
    expect(statuses((await removal) ?? [])).toEqual([404, 204]);
    const deletions = (await findChanges(database().keyed, { ...all, condition: ofMemberships, limit: 250 })).filter(
      ({ kind, before }) => kind === 'deleted' && before?.includes(leaving.id),
    );
    expect(deletions).toHaveLength(1);
  });

  test('are not deleted while a source or an entitlement refers to them', async () => {
    const { id } = await create('In use');
    const source = await addSource(database(), 'Refers', { group: null });
    await manage(source, id);
    const reason = (use: string) => `Governance group ${id} is in use and cannot be deleted: it is ${use}.`;
    const removal = () => removeRecord(database(), governanceGroups, id, options);
    await expect(removal()).rejects.toThrow(reason(`the management workgroup of source ${source}`));
    expect(statuses(await removeGroups(database(), [id, 'nothing'], context))).toEqual([409, 404]);
    await manage(source, null);
    const [entitlement = ''] = await addEntitlements(database(), [
      { source_id: source, value: 'v', additional_owners: JSON.stringify([{ type: 'GOVERNANCE_GROUP', id }]) },
    ]);
    await expect(removal()).rejects.toThrow(reason(`an additional owner of entitlement ${entitlement}`));
    await database().write((transaction) =>
      transaction.query.updateTable('entitlement').set({ additional_owners: null }).execute(),
    );
    expect(statuses(await removeGroups(database(), [id, id], context))).toEqual([204, 404]);
  });

  test('lose their members with a record of each, when they or the identities are deleted', async () => {
    const leaving = await person('Leaving');
    const [first, second] = [await create('First', { owner: leaving }), await create('Second')];
    for (const { id } of [first, second]) {
      await addMembers(database(), id, [leaving, ben], context);
    }
    await deleteIdentity(database(), leaving.id, undefined, context);
    expect(await namesOf(first.id)).toEqual([['Ben'], 1]);
    expect((await getRecord(database(), governanceGroups, first.id)).owner).toBeNull();
    await removeRecord(database(), governanceGroups, second.id, options);
    expect((await changesOf(database(), second.id)).map(({ kind }) => kind)).toEqual(['created', 'deleted']);

    const sorts = [{ field: 'number', descending: false }];
    const changes = (await findChanges(database().keyed, { ...all, condition: ofMemberships, sorts })).map(
      ({ kind, before, after }) => [kind, JSON.parse(before ?? after ?? '')],
    );
    const of = (group: { id: string }, { id }: { id: string }) => ({ groupId: group.id, identityId: id });
    expect(changes.slice(-3)).toEqual(
      expect.arrayContaining([
        ['deleted', of(first, leaving)],
        ['deleted', of(second, leaving)],
        ['deleted', of(second, ben)],
      ]),
    );
  });
});
