import { parentPort, workerData } from 'node:worker_threads';
import type { ConnectorList } from '../connectors/connector.ts';
import { openSpool } from '../domain/tasks/spool.ts';
import { failTask, TaskLost } from '../domain/tasks/tasks.ts';
import { MunimentError } from '../errors.ts';
import { openDatabase } from '../storage/open-database.ts';
import { findTask } from '../storage/tasks/tasks.ts';
import { taskKinds } from './task-kinds.ts';
import { niceness, yieldToOthers } from '../thread-priority.ts';
import type { TaskAssignment, TaskThreadData, TaskThreadMessage } from './task-threads.ts';

/** The worker thread that runs tasks. For each task it opens a database connection of its own. */
const { config, shared, connectorModule } = workerData as TaskThreadData;
const { connectorList } = (await import(connectorModule)) as { readonly connectorList: ConnectorList };
let interruption: AbortController | undefined;

yieldToOthers(niceness.tasks);
parentPort?.on('message', (message: TaskThreadMessage) => {
  if (message === 'pause') {
    interruption?.abort();
  } else if (message === 'end') {
    // Nothing else keeps the thread alive.
    parentPort?.close();
  } else {
    // An error ends the thread, and `TaskThreads.run` rejects with it.
    void run(message).then(() => parentPort?.postMessage('ended'));
  }
});

async function run({ taskId, lease }: TaskAssignment): Promise<void> {
  const { signal } = (interruption = new AbortController());
  const database = await openDatabase({ url: config.databaseUrl, readers: 0, shared });
  try {
    const task = await findTask(database.keyed, taskId);
    if (task?.worker === lease) {
      const { connectors } = connectorList;
      await taskKinds[task.type]({ database, connectors, spool: openSpool(config.dataDir), task, signal }).catch(
        async (error: unknown) => {
          if (error instanceof MunimentError) {
            // Something that the task needs was deleted, e.g. its source: a retry would not help.
            await failTask(database, task, error.message);
          } else if (!(error instanceof TaskLost)) {
            throw error;
          }
        },
      );
    }
  } finally {
    interruption = undefined;
    await database.close();
  }
}
