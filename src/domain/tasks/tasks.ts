import { notFound } from '../../errors.ts';
import { type ListQuery, narrowed } from '../../list-query.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import * as problems from '../../storage/tasks/task-problems.ts';
import * as storage from '../../storage/tasks/tasks.ts';

export { type Task, TaskLost } from '../../storage/tasks/tasks.ts';

/** Returns the task with this id. Throws 404. */
export async function getTask(database: Database, id: string): Promise<storage.Task> {
  const task = await storage.findTask(database.keyed, id);
  if (task === undefined) {
    throw notFound('task', id);
  }
  return task;
}

/** Returns one page of tasks, newest first by default. */
export async function listTasks(
  database: Database,
  list: ListQuery,
): Promise<{ tasks: storage.Task[]; total: number | undefined }> {
  const sorts = list.sorts.length > 0 ? list.sorts : [{ field: 'created', descending: true }];
  return storage.listTasks(database.scan, { ...list, sorts });
}

/** Returns one page of the tasks that have not ended, newest first. */
export async function listPendingTasks(
  database: Database,
  list: ListQuery,
): Promise<{ tasks: storage.Task[]; total: number | undefined }> {
  const condition = { kind: 'test', field: 'completionStatus', operator: 'isnull', values: [] } as const;
  return listTasks(database, narrowed(list, condition));
}

/**
 * Yields the problems of a task in file order, page by page, so that a long list is never read at once. Throws 404.
 */
export async function* listTaskProblems(
  database: Database,
  id: string,
): AsyncGenerator<readonly problems.TaskProblem[]> {
  await getTask(database, id);
  const pageSize = 5000;
  for (let last = 0; ;) {
    const found = await problems.listTaskProblems(database.scan, id, last, pageSize);
    yield found;
    last = found.at(-1)?.number ?? last;
    if (found.length < pageSize) {
      return;
    }
  }
}

/** Ends a task with ERROR and a message with the reason. */
export async function failTask(database: Database, task: storage.HeldTask, text: string): Promise<void> {
  await database.write(async (transaction) => {
    const now = Date.now();
    const known = await storage.findTask(transaction, task.id);
    await storage.updateTask(
      transaction,
      task,
      {
        completionStatus: 'ERROR',
        completed: now,
        percentComplete: 100,
        progress: 'Failed',
        messages: [{ type: 'ERROR', key: 'task_failed', text }, ...(known?.messages ?? [])],
      },
      now,
    );
  });
}

/** Records the progress of a running task, with its counts so far. */
export async function reportProgress(
  database: Database,
  task: storage.HeldTask,
  progress: string,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  await database.write((transaction) => storage.updateTask(transaction, task, { progress, attributes }, Date.now()));
}

/** Ends a task with SUCCESS and its counts. */
export async function completeTask(
  database: Database,
  task: storage.HeldTask,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  await database.write((transaction) => endTask(transaction, task, { attributes }, Date.now()));
}

/** Ends a task, with SUCCESS unless the results say otherwise, in the transaction that does its work. */
export async function endTask(
  transaction: Transaction,
  task: storage.HeldTask,
  results: Pick<storage.TaskUpdate, 'attributes' | 'messages' | 'completionStatus'>,
  now: number,
): Promise<void> {
  await storage.updateTask(
    transaction,
    task,
    { completionStatus: 'SUCCESS', ...results, progress: 'Completed', percentComplete: 100, completed: now },
    now,
  );
}

/** Returns the uploaded files that open tasks need. */
export async function listFilesInUse(database: Database): Promise<Set<string>> {
  return storage.filesInUse(database.keyed);
}
