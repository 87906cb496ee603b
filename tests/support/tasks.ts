import { newId } from '../../src/domain/ids.ts';
import type { Database } from '../../src/storage/database.ts';
import { type HeldTask, insertTask } from '../../src/storage/tasks/tasks.ts';

/** Adds a task that is leased by a test's worker. */
export async function addHeldTask(database: Database): Promise<HeldTask> {
  const task = {
    id: newId(),
    type: 'CLOUD_GROUP_AGGREGATION' as const,
    uniqueName: 'Test',
    description: 'Test',
    launcher: 'Test',
    sourceId: null,
    parameters: {},
    attributes: {},
    actorId: null,
    clientId: null,
    trackingId: null,
  };
  await database.write(async (transaction) => {
    await insertTask(transaction, task, Date.now());
    await transaction.query.updateTable('task').set({ worker: 'test' }).where('id', '=', task.id).execute();
  });
  return { id: task.id, worker: 'test' };
}
