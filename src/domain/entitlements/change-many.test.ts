import { beforeAll, expect, test } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { invariants } from '../../storage/invariants/invariants.ts';
import { listTaskProblems } from '../../storage/tasks/task-problems.ts';
import { findTask, insertTask, type Task } from '../../storage/tasks/tasks.ts';
import { newId } from '../ids.ts';
import { createMetadataAttribute } from '../metadata/attributes.ts';
import { createStandardAttributes } from '../metadata/standard-attributes.ts';
import { addMetadataValue } from './entitlement-metadata.ts';
import { getEntitlement } from './entitlements.ts';
import type { BulkChange } from './bulk-change.ts';
import { type BulkParameters, changeMany } from './change-many.ts';

const context = { actorId: null, clientId: 'c', taskId: null, trackingId: null };
const options = { ifMatch: undefined, context };
const high = [{ key: 'iscRisk', values: ['high'] }];

describeStorage('a change of many entitlements', (database) => {
  let source: string;
  let ids: string[];
  beforeAll(async () => {
    await createStandardAttributes(database());
    source = await addSource(database(), 'Directory', { group: null });
    const values = Array.from({ length: 250 }, (_, index) => ({ source_id: source, value: `v${index}` }));
    ids = (await addEntitlements(database(), values)).toSorted();
  });

  async function newTask(parameters: BulkParameters): Promise<Task> {
    const id = newId();
    const task = {
      id,
      type: 'ENTITLEMENT_UPDATE',
      uniqueName: 'Entitlement Update',
      description: '',
      launcher: 'Ada',
      sourceId: null,
      parameters: { ...parameters },
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
    return taskWith(id);
  }
  async function taskWith(id: string): Promise<Task> {
    const task = await findTask(database().keyed, id);
    if (task === undefined) {
      throw new Error(`Task ${id} is missing.`);
    }
    return task;
  }
  const riskOf = async (id: string): Promise<string | null> =>
    (await getEntitlement(database(), id)).accessModelMetadata;

  test('continues after an interruption, changes each entitlement once, and lists what it could not change', async () => {
    const [first = '', second = ''] = ids;
    await addMetadataValue(database(), { id: second, key: 'iscRisk', value: 'low' }, options);
    const change = { operation: 'ADD', replaceScope: 'ATTRIBUTE', assignments: high } as const;
    const condition = { kind: 'test', field: 'source.id', operator: 'eq', values: [source] } as const;
    const { id } = await newTask({ selection: { condition } });
    const abort = new AbortController();
    let looks = 0;
    const signal = Object.assign(abort.signal, {
      throwIfAborted: () => {
        looks += 1;
        if (looks === 2) {
          throw new Error('stopped');
        }
      },
    });
    await expect(updateMetadata(database(), await taskWith(id), signal)).rejects.toThrow('stopped');
    expect(await taskWith(id)).toMatchObject({ attributes: { total: 100, updated: 99, failed: 1 }, completed: null });
    expect(await riskOf(first)).toBe('{"attributes":[{"key":"iscRisk","values":[{"value":"high"}]}]}');
    expect(await riskOf(ids.at(-1) ?? '')).toBeNull();

    await updateMetadata(database(), await taskWith(id), new AbortController().signal);
    const task = await taskWith(id);
    expect(task).toMatchObject({
      attributes: { total: 250, updated: 249, failed: 1 },
      completionStatus: 'WARNING',
      messages: [
        { type: 'WARN', text: expect.stringContaining('would have the values high, low. It takes one value') },
      ],
    });
    const problems = await listTaskProblems(database().keyed, id, 0, 10);
    expect(problems).toMatchObject([
      { number: 1, lines: [], problem: expect.stringContaining(`Entitlement ${second}`) },
    ]);
    const versions = await Promise.all(ids.map(async (one) => (await getEntitlement(database(), one)).version));
    expect(new Set(versions)).toEqual(new Set([2]));
  });

  test('by ids reports unknown ones, and changes nothing that is the same already', async () => {
    const [id = ''] = ids;
    const unknown = 'f'.repeat(32);
    const change = { operation: 'REPLACE', replaceScope: 'ALL', assignments: high } as const;
    const task = await newTask({ selection: { entitlements: [unknown, id, id] } });
    const before = await getEntitlement(database(), id);
    await updateMetadata(database(), task, new AbortController().signal);
    expect(await taskWith(task.id)).toMatchObject({
      attributes: { total: 2, updated: 0, failed: 1 },
      messages: [{ text: `There is no entitlement with id "${unknown}".` }],
    });
    expect(await getEntitlement(database(), id)).toEqual(before);
  });

  test('leaves every invariant of metadata true', async () => {
    await createMetadataAttribute(database(), { name: 'Other' }, context);
    for (const { name, violations } of invariants.filter((one) => /metadata|METADATA/.test(one.name))) {
      expect([name, await violations(database().keyed)]).toEqual([name, []]);
    }
  });
});
