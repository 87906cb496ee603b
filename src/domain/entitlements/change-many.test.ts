import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { invariants } from '../../storage/invariants/invariants.ts';
import { listTaskProblems } from '../../storage/tasks/task-problems.ts';
import { findTask, insertTask, type Task } from '../../storage/tasks/tasks.ts';
import { newId } from '../ids.ts';
import { createStandardAttributes } from '../metadata/standard-attributes.ts';
import { createRecord } from '../resources/resource.ts';
import { segments } from '../segments/segments.ts';
import type { BulkChange } from './bulk-change.ts';
import { type BulkParameters, changeMany } from './change-many.ts';
import { addMetadataValue } from './entitlement-metadata.ts';
import { listEntitlementHistory } from './entitlement-history.ts';
import { getEntitlement, patchEntitlement } from './entitlements.ts';

const context = { actorId: null, clientId: 'c', taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };
const high = [{ key: 'iscRisk', values: ['high'] }];
const everything = { condition: undefined, sorts: [], offset: 0, limit: 250, after: undefined, count: true };

function set(path: string, value: unknown): BulkChange {
  return { operations: [{ op: 'replace', path, value }] };
}

describeStorage('a change of many entitlements', (database) => {
  let source: string;
  let ids: string[];
  beforeAll(async () => {
    await createStandardAttributes(database());
    source = await addSource(database(), 'Directory', { group: null });
    const values = Array.from({ length: 1250 }, (_, index) => ({ source_id: source, value: `v${index}` }));
    ids = (await addEntitlements(database(), values)).toSorted();
  });

  async function newTask(selection: BulkParameters['selection']): Promise<string> {
    const id = newId();
    const task = {
      id,
      type: 'ENTITLEMENT_UPDATE',
      uniqueName: 'Entitlement Update',
      description: '',
      launcher: 'Ada',
      sourceId: null,
      parameters: { selection },
      attributes: {},
      actorId: null,
      clientId: null,
      trackingId: null,
    } as const;
    await database().write(async (transaction) => {
      await insertTask(transaction, task, Date.now());
      // As if a server had claimed its job.
      await transaction.query.updateTable('task').set({ worker: 'lease' }).where('id', '=', id).execute();
    });
    return id;
  }
  async function taskWith(id: string): Promise<Task> {
    const task = await findTask(database().keyed, id);
    if (task === undefined) {
      throw new Error(`Task ${id} is missing.`);
    }
    return task;
  }
  async function run(change: BulkChange, selection: BulkParameters['selection']): Promise<Task> {
    const id = await newTask(selection);
    await changeMany(database(), await taskWith(id), change, new AbortController().signal);
    return taskWith(id);
  }
  const bySource = () =>
    ({ condition: { kind: 'test', field: 'source.id', operator: 'eq', values: [source] } }) as const;
  const read = (id: string) => getEntitlement(database(), id);
  const [first, second, last] = [() => ids[0] ?? '', () => ids[1] ?? '', () => ids.at(-1) ?? ''];

  test('continues after an interruption, changes each entitlement once, and lists what it could not change', async () => {
    await addMetadataValue(database(), { id: second(), key: 'iscRisk', value: 'low' }, options);
    const change = { metadata: { operation: 'ADD', replaceScope: 'ATTRIBUTE', assignments: high } } as const;
    const id = await newTask(bySource());
    let looks = 0;
    const signal = {
      get aborted() {
        looks += 1;
        return looks === 2;
      },
    } as AbortSignal;
    await changeMany(database(), await taskWith(id), change, signal);
    expect(await taskWith(id)).toMatchObject({
      attributes: { total: 500, updated: 499, unchanged: 0, failed: 1 },
      progress: 'Updating: 500 of 1250 entitlements',
      percentComplete: 40,
      completed: null,
    });
    expect((await read(first())).accessModelMetadata).toBe(
      '{"attributes":[{"key":"iscRisk","values":[{"value":"high"}]}]}',
    );
    expect((await read(last())).accessModelMetadata).toBeNull();

    await changeMany(database(), await taskWith(id), change, new AbortController().signal);
    expect(await taskWith(id)).toMatchObject({
      attributes: { total: 1250, updated: 1249, unchanged: 0, failed: 1 },
      completionStatus: 'WARNING',
      percentComplete: 100,
      messages: [
        { type: 'WARN', text: expect.stringContaining('would have the values high, low. It takes one value') },
      ],
    });
    const problems = await listTaskProblems(database().keyed, id, 0, 10);
    expect(problems).toMatchObject([
      { number: 1, lines: [], problem: expect.stringContaining(`Entitlement ${second()}`) },
    ]);
    const versions = await Promise.all(ids.map(async (one) => (await read(one)).version));
    expect(new Set(versions)).toEqual(new Set([2]));
  });

  test('by ids reports unknown ones, and changes nothing that is the same already', async () => {
    const unknown = 'f'.repeat(32);
    const metadata = { operation: 'REPLACE', replaceScope: 'ALL', assignments: high } as const;
    const before = await read(first());
    expect(await run({ metadata }, { entitlements: [unknown, first(), first()] })).toMatchObject({
      attributes: { total: 2, updated: 0, unchanged: 1, failed: 1 },
      messages: [{ text: `There is no entitlement with id "${unknown}".` }],
    });
    expect(await read(first())).toEqual(before);
  });

  test('a task that has ended otherwise changes nothing more', async () => {
    const id = await newTask(bySource());
    const task = await taskWith(id);
    await database().write(({ query }) =>
      query.updateTable('task').set({ completed: 1 }).where('id', '=', id).execute(),
    );
    const change = set('/description', 'Too late');
    await expect(changeMany(database(), task, change, new AbortController().signal)).rejects.toThrow(/has ended/);
    expect((await read(first())).manualDescription).toBeNull();
  });

  test('changes no part of an entitlement if one part is not possible', async () => {
    const change: BulkChange = {
      operations: [
        { op: 'test', path: '/name', value: 'v3' },
        { op: 'replace', path: '/requestable', value: true },
      ],
      requestConfig: '{"accessRequestConfig":{"requestCommentRequired":true}}',
    };
    const task = await run(change, bySource());
    expect(task).toMatchObject({ completionStatus: 'WARNING', attributes: { total: 1250, updated: 1, failed: 1249 } });
    expect(task.messages).toHaveLength(101);
    expect(task.messages[100]).toMatchObject({ key: 'more_problems', parameters: ['1149'] });
    const changed = (await Promise.all(ids.map(read))).filter((one) => one.requestable === 1);
    expect(changed).toMatchObject([{ value: 'v3', requestConfig: change.requestConfig }]);
    expect((await Promise.all(ids.map(read))).filter((one) => one.requestConfig !== null)).toHaveLength(1);
  });

  test('does to each entitlement what a patch does, with one entry in the history', async () => {
    const segment = await createRecord(database(), segments, { name: 'Finance' }, context);
    const operations = [
      { op: 'add', path: '/segments/-', value: segment.id },
      { op: 'replace', path: '/name', value: 'Same name' },
      { op: 'add', path: '/privilegeOverride/level', value: 'HIGH' },
    ];
    const [one = '', other = ''] = ids.slice(10);
    await patchEntitlement(database(), {
      id: one,
      operations,
      privilegeField: 'privilegeOverride',
      ...options,
    });
    expect(await run({ operations }, bySource())).toMatchObject({
      attributes: { total: 1250, updated: 1249, failed: 1 },
      messages: [{ text: expect.stringContaining(`Entitlement ${one}: Field "segments" has`) }],
    });
    const [patched, changed] = [await read(one), await read(other)];
    const varying = { id: '', value: '', modified: 0, accessModelMetadata: null };
    expect({ ...changed, ...varying }).toEqual({ ...patched, ...varying });
    const { changes } = await listEntitlementHistory(database(), other, everything);
    expect(JSON.parse(changes[0]?.before ?? '')).toMatchObject({ segments: null, isNameManual: false });
    expect(JSON.parse(changes[0]?.after ?? '')).toMatchObject({ segments: [segment.id], privilegeOverride: 'HIGH' });
    expect(changes).toHaveLength(2);
    // Renamed with its assignments, and removed from them.
    await run(set('/name', 'Another name'), { entitlements: ids.slice(0, 3) });
    await run(set('/segments', null), { entitlements: ids.slice(2, 4) });
    for (const { name, violations } of invariants.filter((invariant) => /segment|folded/.test(invariant.name))) {
      expect([name, await violations(database().keyed)]).toEqual([name, []]);
    }
  });

  test('changes tags with everything that belongs to them', async () => {
    const tags = async (id: string): Promise<unknown> => JSON.parse((await read(id)).tags ?? '[]');
    const three = { entitlements: ids.slice(0, 3) };
    const change = (operation: 'ADD' | 'REMOVE' | 'REPLACE', ...names: string[]) =>
      run({ tags: { operation, tags: names } }, three);
    expect(await change('ADD', 'PCI', 'SOX')).toMatchObject({ attributes: { updated: 3 } });
    expect(await change('ADD', 'SOX', 'PCI')).toMatchObject({ attributes: { updated: 0, unchanged: 3 } });
    await run({ tags: { operation: 'REPLACE', tags: ['OTHER'] } }, { entitlements: [first()] });
    await change('REMOVE', 'PCI');
    expect([await tags(first()), await tags(second())]).toEqual([['OTHER'], ['SOX']]);
    const many = Array.from({ length: 50 }, (_, index) => `TAG_${String(index).padStart(2, '0')}`);
    expect(await change('ADD', ...many)).toMatchObject({
      attributes: { updated: 0, failed: 3 },
      messages: [{ text: expect.stringContaining('would have 51 tags. At most 50 are allowed.') }, {}, {}],
    });
    await change('REPLACE');
    expect(await tags(first())).toEqual([]);
    for (const { name, violations } of invariants.filter((one) => /tag/.test(one.name))) {
      expect([name, await violations(database().keyed)]).toEqual([name, []]);
    }
  });

  test('checks references for each batch', async () => {
    const owner = { type: 'IDENTITY', id: 'nobody' };
    expect(await run(set('/owner', owner), { entitlements: ids.slice(0, 3) })).toMatchObject({
      attributes: { total: 3, updated: 0, failed: 3 },
      messages: [{ text: expect.stringContaining('Referenced owner "nobody" was not found.') }, {}, {}],
    });
    const group = { approverType: 'GOVERNANCE_GROUP', approverId: 'no group' };
    const requestConfig = JSON.stringify({ accessRequestConfig: { approvalSchemes: [group] } });
    expect(await run({ requestConfig }, { entitlements: ids.slice(0, 1) })).toMatchObject({
      attributes: { total: 1, updated: 0, failed: 1 },
      messages: [{ text: expect.stringContaining('Referenced governance group "no group" was not found.') }],
    });
  });
});
