import { newId } from '../../src/domain/ids.ts';
import type { Database } from '../../src/storage/database.ts';
import { findTask, type HeldTask, insertTask, type NewTask, type Task } from '../../src/storage/tasks/tasks.ts';

/** Adds a task that is leased by a test's worker, and returns it. */
export async function addHeldTask(database: Database, fixture: Partial<NewTask> = {}): Promise<Task & HeldTask> {
  const task: NewTask = {
    id: newId(),
    type: 'CLOUD_GROUP_AGGREGATION',
    uniqueName: 'Test',
    description: 'Test',
    launcher: 'Test',
    sourceId: null,
    parameters: {},
    attributes: {},
    actorId: null,
    clientId: null,
    trackingId: null,
    ...fixture,
  };
  const worker = 'test';
  await database.write(async (transaction) => {
    await insertTask(transaction, task, Date.now());
    await transaction.query.updateTable('task').set({ worker }).where('id', '=', task.id).execute();
  });
  const added = await findTask(database.scan, task.id);
  if (added === undefined) {
    throw new Error(`There is no task ${task.id}.`);
  }
  return { ...added, worker };
}
