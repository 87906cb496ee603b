import { parentPort, workerData } from 'node:worker_threads';
import { openSpool } from '../domain/spool.ts';
import { failTask, TaskLost } from '../domain/tasks.ts';
import { MunimentError } from '../errors.ts';
import { openDatabase } from '../storage/open-database.ts';
import { findTask } from '../storage/tasks.ts';
import type { TaskThreadData } from './run-in-thread.ts';
import { taskKinds } from './task-kinds.ts';
import { niceness, yieldToOthers } from '../thread-priority.ts';

/** The thread of one task: opens its own database connection, does the work, and ends. */
const { config, shared, taskId, worker } = workerData as TaskThreadData;
const interruption = new AbortController();
parentPort?.on('message', () => interruption.abort());

yieldToOthers(niceness.tasks);
const database = await openDatabase({ url: config.databaseUrl, readers: 0, shared });
try {
  const task = await findTask(database.keyed, taskId);
  if (task?.worker === worker) {
    await taskKinds[task.type]({ database, spool: openSpool(config.dataDir), task, signal: interruption.signal }).catch(
      async (error: unknown) => {
        if (error instanceof MunimentError) {
          // What the task needs is not there any more, e.g. its source: trying again would not help.
          await failTask(database, task, error.message);
        } else if (!(error instanceof TaskLost)) {
          throw error;
        }
      },
    );
  }
} finally {
  await database.close();
  // The port would keep the thread alive.
  parentPort?.close();
}
