import type { Transaction } from '../database.ts';
import { findTask, type Task, type TaskUpdate, updateTask } from './tasks.ts';

/** Returns the task with this id, or undefined, and locks it until the transaction ends. */
export async function lockTask(transaction: Transaction, id: string): Promise<Task | undefined> {
  await transaction.query
    .selectFrom('task')
    .select('id')
    .where('id', '=', id)
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .execute();
  return findTask(transaction, id);
}

/**
 * Ends a locked task, whichever server runs it, and returns it. That server is notified; from now on it cannot write to
 * the task, and every transaction in which it tries to is rolled back.
 */
export async function endTask(
  transaction: Transaction,
  task: Task,
  end: TaskUpdate & Required<Pick<TaskUpdate, 'completionStatus' | 'completed'>>,
  now: number,
): Promise<Task> {
  const version = await updateTask(transaction, task, end, now);
  await transaction.notify('jobs');
  return { ...task, ...end, modified: now, version };
}
