import { badRequestContent, illegalValue, notFound } from '../../errors.ts';
import type { Database } from '../../storage/database.ts';
import { endTask, lockTask } from '../../storage/tasks/end-task.ts';
import type { CompletionStatus, Task, TaskType } from '../../storage/tasks/tasks.ts';
import { shownValue } from '../shown-value.ts';

/** How far ahead of this server a client's clock may be, in milliseconds. */
const largestClockDifference = 5 * 60 * 1000;

/** What a deletion that had begun leaves behind, and what to do about it. */
const unfinishedDeletions: Partial<Record<TaskType, string>> = {
  SOURCE_DELETION:
    'The source still exists, but its accounts and entitlements may be deleted in part. Delete it again to finish, or load it again: deleted entitlements then return without their owners and other settings.',
  ACCOUNT_DELETION:
    'The accounts of the source may be deleted in part. Remove them again to finish, or load the source again: they return with their ids.',
  ENTITLEMENT_RESET:
    'The entitlements of the source may be deleted in part, and accounts may no longer hold those that are left. Reset the source again to finish, or load its entitlements and then its accounts without optimization: deleted entitlements then return with new ids and without their owners and other settings.',
  ENTITLEMENT_DELETION:
    'Entitlements may be deleted in part, and some accounts may no longer hold one that is left. Repeat the deletion to finish, or load the entitlements and then the accounts without optimization: they return with their ids and settings, and are linked again.',
};

function whatIsLeft({ type, launched }: Task): string {
  return launched === null ? 'It had not begun.' : (unfinishedDeletions[type] ?? 'What was done before is kept.');
}

/** The fields of a task that clients can change. */
export interface TaskEnd {
  readonly completionStatus: CompletionStatus | null;
  /** RFC 3339; null: now, if the task is cancelled. */
  readonly completed: string | null;
}

/**
 * Changes the end of a task (contract B.7): a task that has not ended can be set to TERMINATED, which cancels it. Its
 * thread stops after the batch that it is writing; what it has done before is kept. Changes nothing if nothing differs.
 * @param edit returns the new fields for the current task; may run more than once
 * @param by the name of the client that cancels it
 * @throws 404; what `edit` throws; 400 for another status, for a time before the task or in the future, and for a task
 *   that has ended
 */
export async function patchTask(
  database: Database,
  id: string,
  edit: (task: Task) => TaskEnd,
  by: string,
): Promise<Task> {
  return database.write(async (transaction) => {
    const task = await lockTask(transaction, id);
    if (task === undefined) {
      throw notFound('task', id);
    }
    const { completionStatus, completed } = edit(task);
    const time = completed === null ? null : Date.parse(completed);
    if (completionStatus === task.completionStatus && time === task.completed) {
      return task;
    }
    if (task.completed !== null) {
      throw badRequestContent(
        `Task ${id} has ended with ${task.completionStatus}. The end of a task cannot be changed.`,
      );
    }
    if (completionStatus !== 'TERMINATED') {
      throw illegalValue(
        `Field "completionStatus" is ${shownValue(completionStatus)}. A task that has not ended can only be set to TERMINATED, which cancels it.`,
      );
    }
    const now = Date.now();
    return endTask(
      transaction,
      task,
      {
        completionStatus,
        completed: time === null ? now : checkedTime(time, task, now),
        progress: 'Cancelled',
        messages: [
          {
            type: 'WARN',
            key: 'task_cancelled',
            text: `Cancelled by ${by}. ${whatIsLeft(task)}`,
            parameters: [by],
          },
          ...task.messages,
        ],
      },
      now,
    );
  });
}

function checkedTime(time: number, { created }: Task, now: number): number {
  if (time < created || time > now + largestClockDifference) {
    const [from, to] = [created, now].map((one) => new Date(one).toISOString());
    throw illegalValue(
      `Field "completed" is ${shownValue(new Date(time).toISOString())}. It must be between the creation of the task, ${from}, and now, ${to}; omit it for now.`,
    );
  }
  return Math.min(time, now);
}
