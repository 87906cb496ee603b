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

/** The parameters of the task, which also say where to continue. */
interface Parameters {
  readonly ids: readonly string[];
  /** The index of the next entitlement. */
  readonly next?: number;
  /** Whether some accounts no longer hold the next entitlement. */
  readonly isBegun?: boolean;
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
  const { ids, next = 0, isBegun: wasBegun = false } = task.parameters as unknown as Parameters;
  let progress = progressOf(task);
  for (let index = next, isBegun = wasBegun; index < ids.length;) {
    signal.throwIfAborted();
    const step = await deleteStep(database, task, { ids, next: index, isBegun }, progress);
    ({ progress } = step);
    index += step.isDone ? 1 : 0;
    isBegun = !step.isDone;
    await nextTick();
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

const halfDone =
  'Some accounts no longer hold it: repeat the deletion, or load the accounts without optimization to link them again.';

async function deleteStep(
  database: Database,
  task: Task,
  { ids, next, isBegun }: Required<Parameters>,
  before: Progress,
): Promise<{ readonly progress: Progress; readonly isDone: boolean }> {
  const id = ids[next] ?? '';
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
      after = failed(isBegun ? `${error.message} ${halfDone}` : error.message);
    }
    const done = isDone ? next + 1 : next;
    const progress = `Deleting: ${done} of ${ids.length}`;
    const percentComplete = Math.min(99, Math.floor((100 * done) / ids.length));
    await updateTask(
      transaction,
      task,
      {
        attributes: { ...task.attributes, ...after },
        parameters: { ids, next: done, isBegun: !isDone },
        progress,
        percentComplete,
      },
      now,
    );
    return { progress: after, isDone };
  });
}
