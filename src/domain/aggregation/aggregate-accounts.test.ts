import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { changesOf } from '../../../tests/support/changes.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { addHeldTask } from '../../../tests/support/tasks.ts';
import { newId } from '../ids.ts';
import { getSource } from '../sources/sources.ts';
import { accountObjects } from './account-objects.ts';
import { aggregate } from './aggregate.ts';
import { entitlementObjects } from './entitlement-objects.ts';
import { AggregationReport } from './report.ts';
import { type AggregationRun, BatchesLost, batchSize, RunInterrupted, RunRefused } from './run.ts';
import { accountCountNames, entitlementCountNames } from './task.ts';

const text = (name: string, isMulti = false) => ({ name, type: 'STRING', isMulti });

const accountSchema = {
  name: 'account',
  identityAttribute: 'id',
  displayAttribute: 'name',
  includePermissions: false,
  attributes: [text('id'), text('name'), text('disabled'), text('groups', true)],
};
const groupSchema = {
  name: 'group',
  identityAttribute: 'id',
  displayAttribute: 'name',
  hierarchyAttribute: 'parents',
  includePermissions: false,
  attributes: [text('id'), text('name'), text('parents', true)],
};
const links = [{ attribute: 'groups', type: 'group' }];

/** One account with its groups. */
type AccountRow = readonly [id: string, name: string, groups: readonly string[], disabled?: string];
type GroupRow = readonly [id: string, name: string, parents?: readonly string[]];

describeStorage('aggregation of accounts', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-stage-'));
  let sourceId = '';
  beforeEach(async () => {
    sourceId = await addSource(database(), newId());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function runOf(names: typeof accountCountNames, options: Partial<AggregationRun>): Promise<AggregationRun> {
    return {
      database: database(),
      task: await addHeldTask(database()),
      sourceId,
      deleteThreshold: 100,
      countBefore: 100,
      input: 'file',
      stageFile: join(folder, newId()),
      context: { actorId: null, clientId: null, taskId: newId(), trackingId: null },
      report: new AggregationReport({}, names),
      signal: new AbortController().signal,
      ...options,
    };
  }

  /** A file with one row per value, as exports write them. */
  async function* file(columns: readonly string[], rows: readonly (readonly string[])[], bad: number) {
    yield {
      columns,
      rows: rows.map((cells, index) => ({ line: index + 2, cells })),
      badRows: Array.from({ length: bad }, (_, index) => ({ line: 1000 + index, problem: 'too many columns' })),
      bytesRead: 1,
      bytesTotal: 1,
    };
  }

  interface LoadOptions extends Partial<AggregationRun> {
    readonly bad?: number;
    readonly isEverythingApplied?: boolean;
    readonly links?: typeof links;
  }

  async function loadAccounts(rows: readonly AccountRow[], options: LoadOptions = {}) {
    const run = await runOf(accountCountNames, options);
    const source = await getSource(database(), sourceId);
    const objects = accountObjects(
      {
        source,
        schema: accountSchema,
        links: options.links ?? links,
        settings: '',
        isEverythingApplied: options.isEverythingApplied ?? false,
      },
      run.context,
    );
    const cells = rows.flatMap(([id, name, groups, disabled = '']) =>
      (groups.length === 0 ? [''] : groups).map((group) => [id, name, disabled, group]),
    );
    await aggregate(run, objects, file(['id', 'name', 'disabled', 'groups'], cells, options.bad ?? 0));
    return run.report;
  }

  async function loadGroups(rows: readonly GroupRow[]) {
    const run = await runOf(entitlementCountNames, {});
    const cells = rows.flatMap(([id, name, parents = []]) =>
      (parents.length === 0 ? [''] : parents).map((parent) => [id, name, parent]),
    );
    const objects = entitlementObjects({ sourceId, type: 'group' }, groupSchema, run.context);
    await aggregate(run, objects, file(['id', 'name', 'parents'], cells, 0));
    return run.report;
  }

  function rowsOf(table: 'account' | 'entitlement') {
    return database().keyed.query.selectFrom(table).selectAll().where('source_id', '=', sourceId);
  }
  const accounts = () => rowsOf('account').$castTo<{ native_identity: string } & Record<string, unknown>>().execute();

  async function entitlements() {
    return database()
      .keyed.query.selectFrom('entitlement')
      .selectAll()
      .where('source_id', '=', sourceId)
      .orderBy('value')
      .execute();
  }

  async function memberships() {
    const rows = await database()
      .keyed.query.selectFrom('account_entitlement')
      .innerJoin('account', 'account.id', 'account_entitlement.account_id')
      .innerJoin('entitlement', 'entitlement.id', 'account_entitlement.entitlement_id')
      .select(['account.native_identity as account', 'entitlement.value'])
      .where('account.source_id', '=', sourceId)
      .execute();
    return rows.map(({ account, value }) => `${account} ${value}`).toSorted();
  }

  /** The state that a source determines, without ids, times and versions. */
  async function state() {
    const parents = await database()
      .keyed.query.selectFrom('entitlement_parent')
      .innerJoin('entitlement', 'entitlement.id', 'entitlement_parent.child_id')
      .select(['entitlement.value', 'entitlement_parent.parent_value as parent'])
      .where('entitlement_parent.source_id', '=', sourceId)
      .execute();
    const found = await accounts();
    return {
      entitlements: (await entitlements()).map((row) => [
        row.value,
        row.source_display_name,
        row.name_folded,
        row.is_listed,
        row.attributes,
        row.has_parents,
      ]),
      parents: parents.map(({ value, parent }) => `${value} ${parent}`).toSorted(),
      accounts: found
        .map(
          (row) =>
            `${row.native_identity} ${String(row['name'])} ${String(row['attributes'])} ${String(row['has_entitlements'])}`,
        )
        .toSorted(),
      memberships: await memberships(),
    };
  }

  async function changes(objectId: string) {
    return changesOf(database(), objectId);
  }

  async function countChanges() {
    const row = await database()
      .keyed.query.selectFrom('change')
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  }

  test('creates accounts and their entitlements; the same input again changes nothing', async () => {
    const rows: AccountRow[] = [
      ['bob', 'Bob', ['x', 'y']],
      ['ann', 'Ann', [], 'TRUE'],
    ];
    const report = await loadAccounts(rows);
    expect(report.counts).toMatchObject({ total: 2, created: 2, entitlementsCreated: 2 });
    expect(report.attributesWith({})).toMatchObject({ total: 2, created: 2, managedAttributesCreated: 2 });
    const [ann, bob] = (await accounts()).toSorted((a, b) => (a.native_identity < b.native_identity ? -1 : 1));
    expect(ann).toMatchObject({ name: 'Ann', disabled: 1, has_entitlements: 0 });
    expect(bob).toMatchObject({ name: 'Bob', disabled: 0, has_entitlements: 1 });
    expect(await memberships()).toEqual(['bob x', 'bob y']);
    const before = [await state(), await accounts(), await countChanges()];
    expect((await loadAccounts(rows)).counts).toMatchObject({ created: 0, updated: 0, deleted: 0, unchanged: 2 });
    expect([await state(), await accounts(), await countChanges()]).toEqual(before);
    const [change] = await changes(String(bob?.['id']));
    expect(JSON.parse(change?.after ?? '')).toMatchObject({ name: 'Bob', entitlements: { group: ['x', 'y'] } });
  });

  test('links known entitlements by exact value and creates the others', async () => {
    await loadGroups([['admins', 'Admins']]);
    const report = await loadAccounts([['bob', 'Bob', ['admins', 'Admins']]]);
    expect(report.counts).toMatchObject({ entitlementsCreated: 1 });
    expect((await entitlements()).map((row) => [row.value, row.source_display_name, row.is_listed])).toEqual([
      ['Admins', null, 0],
      ['admins', 'Admins', 1],
    ]);
  });

  test('records removed and added entitlements', async () => {
    await loadGroups([
      ['x', 'X'],
      ['y', 'Y'],
      ['z', 'Z'],
    ]);
    await loadAccounts([['bob', 'Bob', ['x', 'y']]]);
    const report = await loadAccounts([['bob', 'Robert', ['y', 'z']]]);
    expect(report.counts).toMatchObject({ updated: 1, entitlementsDeleted: 0 });
    expect(await memberships()).toEqual(['bob y', 'bob z']);
    const [bob] = await accounts();
    const [, change] = await changes(String(bob?.['id']));
    expect(bob).toMatchObject({ version: 2, name: 'Robert' });
    expect(change?.kind).toBe('updated');
    expect(JSON.parse(change?.before ?? '')).toMatchObject({ name: 'Bob', entitlements: { group: ['x', 'y'] } });
    expect(JSON.parse(change?.after ?? '')).toMatchObject({ name: 'Robert', entitlements: { group: ['y', 'z'] } });
  });

  test('an unlisted entitlement is deleted with its last holder', async () => {
    await loadAccounts([
      ['ann', 'Ann', ['x']],
      ['bob', 'Bob', ['x', 'y']],
    ]);
    await loadAccounts([
      ['ann', 'Ann', ['x']],
      ['bob', 'Bob', []],
    ]);
    expect((await entitlements()).map((row) => row.value)).toEqual(['x']);
    const report = await loadAccounts([['bob', 'Bob', []]]);
    expect(report.counts).toMatchObject({ deleted: 1, entitlementsDeleted: 1 });
    expect(await entitlements()).toEqual([]);
  });

  test('an entitlement that a file no longer lists is kept unchanged while it is held', async () => {
    await loadGroups([
      ['x', 'X', ['top']],
      ['top', 'Top'],
    ]);
    await loadAccounts([['bob', 'Bob', ['x']]]);
    expect((await loadGroups([['top', 'Top']])).counts).toMatchObject({ deleted: 0, kept: 1 });
    const kept = await state();
    expect(kept.entitlements[1]).toEqual(['x', 'X', 'x', 0, '{"id":"x","name":"X","parents":["top"]}', 1]);
    const before = await entitlements();
    await loadGroups([['top', 'Top']]);
    expect(await entitlements()).toEqual(before);
    await loadGroups([
      ['x', 'X', ['top']],
      ['top', 'Top'],
    ]);
    expect((await entitlements()).map((row) => row.is_listed)).toEqual([1, 1]);
  });

  test('a deleted account returns with its id and its manually assigned identity', async () => {
    const identityId = await addIdentity(database(), 'Ann Other');
    await loadAccounts([
      ['ann', 'Ann', ['x']],
      ['bob', 'Bob', []],
    ]);
    const ann = (await accounts()).find((row) => row.native_identity === 'ann');
    await database().write(({ query }) =>
      query
        .updateTable('account')
        .set({ identity_id: identityId, is_manually_correlated: 1 })
        .where('id', '=', String(ann?.['id']))
        .execute(),
    );
    await loadAccounts([['bob', 'Bob', []]]);
    const report = await loadAccounts([
      ['ann', 'Ann', ['x']],
      ['bob', 'Bob', []],
    ]);
    expect(report.counts).toMatchObject({ created: 1, restored: 1, entitlementsCreated: 1 });
    const again = (await accounts()).find((row) => row.native_identity === 'ann');
    expect(again).toMatchObject({
      id: ann?.['id'],
      created: ann?.['created'],
      identity_id: identityId,
      is_manually_correlated: 1,
    });
    expect((await changes(String(ann?.['id']))).map(({ kind }) => kind)).toEqual(['created', 'deleted', 'restored']);
  });

  test('deletes nothing beyond the threshold or with bad rows, and rejects an implausible file', async () => {
    const many = Array.from({ length: 20 }, (_, index): AccountRow => [`id-${index}`, `Name ${index}`, ['x']]);
    await loadAccounts(many);
    const over = await loadAccounts(many.slice(3), { deleteThreshold: 10, countBefore: 20 });
    expect(over.counts.deleted).toBe(0);
    expect(over.messages()[0]?.text).toMatch(/^3 accounts of 20 are missing from the file, more than the 10 %/);
    const bad = await loadAccounts([...many.slice(1, -1), ['id-19', 'Name 19', []]], { bad: 1 });
    expect(bad.counts).toMatchObject({ deleted: 0, badRows: 1, updated: 1 });
    await expect(loadAccounts(many.slice(0, 2), { bad: 1 })).rejects.toThrow(RunRefused);
    expect(await accounts()).toHaveLength(20);
  });

  test('disableOptimization restores lost links, and only those accounts count as updated', async () => {
    const rows: AccountRow[] = [
      ['ann', 'Ann', ['x']],
      ['bob', 'Bob', ['y']],
    ];
    await loadAccounts(rows);
    const [ann] = await accounts();
    await database().write(({ query }) =>
      query.deleteFrom('account_entitlement').where('account_id', '=', String(ann?.['id'])).execute(),
    );
    expect((await loadAccounts(rows)).counts).toMatchObject({ updated: 0, entitlementsDeleted: 1 });
    expect((await loadAccounts(rows, { isEverythingApplied: true })).counts).toMatchObject({
      updated: 1,
      unchanged: 1,
      entitlementsCreated: 1,
    });
    expect(await memberships()).toEqual(['ann x', 'bob y']);
  });

  test('removing a link from the schema removes the memberships', async () => {
    const rows: AccountRow[] = [['ann', 'Ann', ['x']]];
    await loadAccounts(rows);
    expect((await loadAccounts(rows, { links: [] })).counts).toMatchObject({ updated: 1, entitlementsDeleted: 1 });
    expect(await state()).toMatchObject({ entitlements: [], memberships: [] });
  });

  test('an account with contradictory rows, without a key or with a too long value is skipped', async () => {
    const good = Array.from({ length: 20 }, (_, index): AccountRow => [`id-${index}`, `Name ${index}`, []]);
    const report = await loadAccounts([
      ...good,
      ['', 'No key', []],
      ['c', 'One', []],
      ['c', 'Two', []],
      ['long', 'Long', ['x'.repeat(2001)]],
    ]);
    expect(report.counts).toMatchObject({ created: 20, badRows: 4 });
  });

  test('a row whose identifier is too long for its index is unusable', async () => {
    const run = await runOf(accountCountNames, {});
    const source = await getSource(database(), sourceId);
    const objects = accountObjects(
      { source, schema: accountSchema, links, settings: '', isEverythingApplied: false },
      run.context,
    );
    const rows = [
      ['a', 'Ann', 'x'.repeat(2001)],
      ...Array.from({ length: 9 }, (_, index) => [`b${index}`, 'Ben', `${index}`]),
    ];
    await aggregate(run, objects, file(['id', 'name', 'UUID'], rows, 0));
    expect(run.report.counts).toMatchObject({ created: 9, badRows: 1 });
    expect(run.report.problems).toMatchObject([{ lines: [2], problem: 'UUID is longer than 2000 bytes' }]);
  });

  test('a run whose database has lost a batch fails', async () => {
    const many = Array.from({ length: 1500 }, (_, index): AccountRow => [`id-${index}`, `Name ${index}`, []]);
    const reference = database();
    let batches = 0;
    const forgetful = {
      ...reference,
      writeBatch: async (work: Parameters<typeof reference.writeBatch>[0]) => {
        const result = await reference.writeBatch(work);
        batches += 1;
        if (batches === 2) {
          // As after a power failure: accounts of the last batch are missing, and its update of the task with them.
          await reference.write(async ({ query }) => {
            await query
              .updateTable('task')
              .set((set) => ({ version: set('version', '-', 1) }))
              .execute();
          });
        }
        return result;
      },
    } as typeof reference;
    await expect(loadAccounts(many, { database: forgetful })).rejects.toThrow(BatchesLost);
  });

  test('an interrupted run is finished by the next', async () => {
    const many = Array.from({ length: 1500 }, (_, index): AccountRow => [
      `id-${index}`,
      `Name ${index}`,
      [`g${index % 7}`],
    ]);
    const interruption = new AbortController();
    const reference = database();
    const interrupting = {
      ...reference,
      writeBatch: async (work: Parameters<typeof reference.writeBatch>[0]) => {
        const result = await reference.writeBatch(work);
        interruption.abort();
        return result;
      },
    } as typeof reference;
    await expect(loadAccounts(many, { database: interrupting, signal: interruption.signal })).rejects.toThrow(
      RunInterrupted,
    );
    expect(await accounts()).toHaveLength(batchSize);
    const done = { created: batchSize, managedAttributesCreated: 7 };
    const report = await loadAccounts(many, { report: new AggregationReport({}, accountCountNames, done) });
    expect(report.attributesWith({})).toMatchObject({ created: 1500, optimized: 0, managedAttributesCreated: 7 });
    expect(await memberships()).toHaveLength(1500);
  });

  test('for any order of files of both kinds, the result matches the last ones', async () => {
    const value = fc.constantFrom('a', 'A', 'b', 'ﬀ', '😀', 'c');
    const groups = fc.uniqueArray(
      fc.tuple(value, fc.constantFrom('One', 'Two'), fc.uniqueArray(value, { maxLength: 2 })),
      { selector: ([id]) => id, minLength: 1, maxLength: 5 },
    );
    const people = fc.uniqueArray(
      fc.tuple(
        fc.constantFrom('ann', 'Ann', 'bob', 'eve'),
        fc.constantFrom('One', 'Two'),
        fc.uniqueArray(value, { maxLength: 4 }),
      ),
      { selector: ([id]) => id, minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(groups, { maxLength: 3 }),
        fc.array(people, { minLength: 1, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        async (groupFiles, accountFiles, firstOrder, secondOrder) => {
          const ends = [];
          for (const order of [firstOrder, secondOrder]) {
            sourceId = await addSource(database(), newId());
            for (const load of interleaved(groupFiles, accountFiles, order)) {
              await load();
            }
            ends.push(await state());
            const before = [await entitlements(), await accounts(), await countChanges()];
            await loadAccounts(accountFiles.at(-1) ?? []);
            if (groupFiles.length > 0) {
              await loadGroups(groupFiles.at(-1) ?? []);
            }
            expect([await entitlements(), await accounts(), await countChanges()]).toEqual(before);
          }
          expect(ends[1]).toEqual(ends[0]);
          const model = modelOf(groupFiles, accountFiles);
          expect(ends[0]?.memberships).toEqual(model.memberships);
          expect(new Map(ends[0]?.entitlements.map(([id, name, , listed]) => [id, [name, listed]]))).toEqual(
            model.entitlements,
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  /** The loads of both kinds, each in its own order; `order` determines which kind is next. */
  function interleaved(
    groupFiles: readonly (readonly GroupRow[])[],
    accountFiles: readonly (readonly AccountRow[])[],
    order: readonly boolean[],
  ): (() => Promise<unknown>)[] {
    const left = {
      groups: groupFiles.map((rows) => () => loadGroups(rows)),
      accounts: accountFiles.map((rows) => () => loadAccounts(rows)),
    };
    const loads = order.flatMap((isGroup) => left[isGroup ? 'groups' : 'accounts'].splice(0, 1));
    return [...loads, ...left.groups, ...left.accounts];
  }

  test('the scratch file is deleted', () => {
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** The expected result, computed naively. */
function modelOf(groupFiles: readonly (readonly GroupRow[])[], accountFiles: readonly (readonly AccountRow[])[]) {
  const names = new Map(groupFiles.flat().map(([id, name]) => [id, name]));
  const listed = new Set(groupFiles.at(-1)?.map(([id]) => id));
  const held = (accountFiles.at(-1) ?? []).flatMap(([account, , groups]) =>
    groups.map((group) => ({ account, group })),
  );
  const values = new Set([...listed, ...held.map(({ group }) => group)]);
  return {
    memberships: held.map(({ account, group }) => `${account} ${group}`).toSorted(),
    entitlements: new Map([...values].map((id) => [id, [names.get(id) ?? null, listed.has(id) ? 1 : 0]])),
  };
}
