import { expect, test } from 'vitest';
import { addAccounts, addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { changesOf } from '../../../tests/support/changes.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { addHeldTask } from '../../../tests/support/tasks.ts';
import type { Database } from '../../storage/database.ts';
import { deleteEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import { findTask, type Task } from '../../storage/tasks/tasks.ts';
import { newId } from '../ids.ts';
import { updateSegmentAssignments } from '../entitlements/segment-assignments.ts';
import { createRecord } from '../resources/resource.ts';
import { segments } from '../segments/segments.ts';
import { resetEntitlements } from './entitlement-reset.ts';

const origin = { actorId: null, clientId: 'client', taskId: null, trackingId: null };

function taskOf(database: Database, sourceId: string): Promise<Task> {
  const attributes = { applications: 'Directory' };
  return addHeldTask(database, { type: 'ENTITLEMENT_RESET', sourceId, attributes });
}

async function found(database: Database, id: string): Promise<Task> {
  const task = await findTask(database.scan, id);
  if (task === undefined) {
    throw new Error(`There is no task ${id}.`);
  }
  return task;
}

async function idsIn(
  database: Database,
  table: 'entitlement' | 'entitlement_tombstone' | 'entitlement_parent',
  sourceId: string,
): Promise<unknown[]> {
  return database.scan.query.selectFrom(table).select('source_id').where('source_id', '=', sourceId).execute();
}

describeStorage('reset of the entitlements of a source', (database) => {
  const never = new AbortController().signal;

  /** Assigns entitlements to a new segment. */
  async function assign(...ids: string[]): Promise<void> {
    const { id } = await createRecord(database(), segments, { name: 'South' }, origin);
    await updateSegmentAssignments(database(), { segmentId: id, assignments: ids, removals: [] }, origin);
  }

  test('deletes entitlements, parents, tombstones and links for good, and nothing of other sources', async () => {
    const source = await addSource(database(), 'Directory');
    const other = await addSource(database(), 'Other');
    const many = Array.from({ length: 4200 }, (_, index) => ({
      source_id: source,
      value: `v${index}`,
      parents: ['v0'],
      requestable: 1 as const,
    }));
    const ids = await addEntitlements(database(), many);
    const [first = '', second = ''] = ids;
    const [kept = ''] = await addEntitlements(database(), [{ source_id: other, value: 'v0', parents: ['v1'] }]);
    await assign(second, kept);
    const [gone = ''] = await addEntitlements(database(), [{ source_id: source, value: 'deleted before' }]);
    await database().write((transaction) => deleteEntitlements(transaction, [gone], origin, 1));
    const [holder = '', free = ''] = await addAccounts(database(), [
      { source_id: source, native_identity: 'a', attributes: '{"groups":["v0","v1"]}', entitlements: [first, second] },
      { source_id: source, native_identity: 'b' },
    ]);
    const task = await taskOf(database(), source);
    await resetEntitlements(database(), task, never);

    expect(await found(database(), task.id)).toMatchObject({
      completionStatus: 'SUCCESS',
      percentComplete: 100,
      attributes: { applications: 'Directory', accountsUnlinked: 1, entitlementsDeleted: 4200 },
    });
    for (const table of ['entitlement', 'entitlement_tombstone', 'entitlement_parent'] as const) {
      expect(await idsIn(database(), table, source)).toEqual([]);
      expect(await idsIn(database(), table, other)).toHaveLength(table === 'entitlement_tombstone' ? 0 : 1);
    }
    const assigned = await database().scan.query.selectFrom('entitlement_segment').select('entitlement_id').execute();
    expect(assigned).toEqual([{ entitlement_id: kept }]);
    const accounts = await database()
      .scan.query.selectFrom('account')
      .select(['id', 'attributes', 'has_entitlements', 'version'])
      .where('source_id', '=', source)
      .orderBy('id')
      .execute();
    expect(accounts).toEqual([
      { id: holder, attributes: '{"groups":["v0","v1"]}', has_entitlements: 0, version: 2 },
      { id: free, attributes: '{}', has_entitlements: 0, version: 1 },
    ]);
    const [unlinked, ...others] = await changesOf(database(), holder);
    expect(others).toEqual([]);
    expect(JSON.parse(unlinked?.before ?? '')).toEqual({ entitlements: { group: ['v0', 'v1'] } });
    expect(JSON.parse(unlinked?.after ?? '')).toEqual({ entitlements: {} });
    const [deleted] = await changesOf(database(), first);
    expect(deleted).toMatchObject({ kind: 'deleted', taskId: task.id, after: null });
    expect(JSON.parse(deleted?.before ?? '')).toMatchObject({ value: 'v0', requestable: true, parents: ['v0'] });
    expect(await changesOf(database(), kept)).toMatchObject([{ kind: 'updated', taskId: null }]);
  });

  test('continues after an interruption, with the counts of the first attempt', async () => {
    const source = await addSource(database(), 'Interrupted');
    await addEntitlements(
      database(),
      Array.from({ length: 5000 }, (_, index) => ({ source_id: source, value: `v${index}` })),
    );
    const task = await taskOf(database(), source);
    const stop = new AbortController();
    const stopping: Database = {
      ...database(),
      keyed: database().keyed,
      scan: database().scan,
      dialect: database().dialect,
      write: (work) => database().write(work),
      writeBatch: async (work) => {
        const result = await database().writeBatch(work);
        if ((await idsIn(database(), 'entitlement', source)).length < 4000) {
          stop.abort(new Error('The server stops.'));
        }
        return result;
      },
    };
    await expect(resetEntitlements(stopping, task, stop.signal)).rejects.toThrow('The server stops.');
    const interrupted = await found(database(), task.id);
    expect(interrupted).toMatchObject({ completionStatus: null, attributes: { entitlementsDeleted: 2000 } });
    expect(interrupted.percentComplete).toBe(40);
    await resetEntitlements(database(), interrupted, never);
    expect(await found(database(), task.id)).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { entitlementsDeleted: 5000 },
    });
    expect(await idsIn(database(), 'entitlement', source)).toEqual([]);
  });

  test('of an unknown source is 404', async () => {
    const task = await taskOf(database(), newId());
    await expect(resetEntitlements(database(), task, never)).rejects.toMatchObject({ status: 404 });
  });
});
