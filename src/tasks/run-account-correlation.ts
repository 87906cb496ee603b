import { reapplyInBatches } from '../domain/identities/reapply-accounts.ts';
import { completeTask, reportProgress } from '../domain/tasks/tasks.ts';
import type { TaskRun } from './task-run.ts';

/** Correlates all accounts of a source again (PUT correlation-config and identity-mapping). A repeated run restarts. */
export async function runAccountCorrelation({ database, task, signal }: TaskRun): Promise<void> {
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  try {
    await reapplyInBatches(database, task.sourceId ?? '', context, async (accounts) => {
      await reportProgress(database, task, `Correlating: ${accounts} accounts`, task.attributes);
      signal.throwIfAborted();
    });
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    throw error;
  }
  await completeTask(database, task, task.attributes);
}
