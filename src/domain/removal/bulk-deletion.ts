import { setImmediate as nextTick } from 'node:timers/promises';
import { MunimentError } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import { type Task, type TaskUpdate, updateTask } from '../../storage/tasks/tasks.ts';
import { lockDeletable, removeStep } from './entitlement-removal.ts';

/** The maximum number of entitlements of a bulk deletion (contract A.2). */
export const mostDeleted = 50;

/** An entitlement that could not be deleted. */
export interface FailedDeletion {
  readonly id: string;
  readonly reason: string;
}

/** What a bulk deletion has done so far. */
interface Progress {
  readonly entitlementsDeleted: number;
  readonly failedItems: readonly FailedDeletion[];
}

/**
 * Deletes the entitlements of a task one after the other (contract A.2). Those that do not exist, or whose source has a
 * running task, are reported. Each step is recorded in its transaction, so after a crash a repeated run continues.
 * @param signal ends the work between two transactions, with its reason
 */
export async function deleteInBulk(database: Database, task: Task, signal: AbortSignal): Promise<void> {
  const { ids, next = 0 } = task.parameters as { readonly ids: readonly string[]; readonly next?: number };
  let progress = progressOf(task);
  for (const index of ids.keys()) {
    for (let isDone = index < next; !isDone;) {
      signal.throwIfAborted();
      [progress, isDone] = await deleteStep(database, task, { ids, index }, progress);
      await nextTick();
    }
  }
  await database.write(async (transaction) => {
    const now = Date.now();
    const end: TaskUpdate = {
      progress: 'Completed',
      percentComplete: 100,
      completionStatus: progress.failedItems.length === 0 ? 'SUCCESS' : 'WARNING',
      messages: progress.failedItems.map(({ id, reason }) => ({
        type: 'WARN',
        key: 'not_deleted',
        text: `Entitlement ${id} is not deleted: ${reason}`,
        parameters: [id],
      })),
      completed: now,
    };
    await updateTask(transaction, task, end, now);
  });
}

/** Returns the progress that a task has recorded. */
export function progressOf({ attributes }: Task): Progress {
  const { entitlementsDeleted = 0, failedItems = [] } = attributes as Partial<Progress>;
  return { entitlementsDeleted, failedItems };
}

async function deleteStep(
  database: Database,
  task: Task,
  { ids, index }: { readonly ids: readonly string[]; readonly index: number },
  before: Progress,
): Promise<[Progress, isDone: boolean]> {
  const id = ids[index] ?? '';
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  const failed = (reason: string): Progress => ({ ...before, failedItems: [...before.failedItems, { id, reason }] });
  return database.write(async (transaction) => {
    const now = Date.now();
    let after = before;
    let isDone = true;
    try {
      if ((await lockDeletable(transaction, id)) === undefined) {
        after = failed('Entitlement not found');
      } else if (await removeStep(transaction, id, context, now)) {
        isDone = false;
      } else {
        after = { ...before, entitlementsDeleted: before.entitlementsDeleted + 1 };
      }
    } catch (error) {
      // Only checks throw these, before anything is written.
      if (!(error instanceof MunimentError)) {
        throw error;
      }
      after = failed(error.message);
    }
    const done = isDone ? index + 1 : index;
    const progress = `Deleting: ${done} of ${ids.length}`;
    const percentComplete = Math.min(99, Math.floor((100 * done) / ids.length));
    await updateTask(
      transaction,
      task,
      { attributes: { ...task.attributes, ...after }, parameters: { ids, next: done }, progress, percentComplete },
      now,
    );
    return [after, isDone];
  });
}
