import { deleteSourceData } from '../domain/source-deletion.ts';
import { completeTask, reportProgress } from '../domain/tasks.ts';
import type { TaskRun } from './task-run.ts';

/** Deletes a source with everything it brought (contract B.1, DELETE /sources/{id}). Run again, it goes on. */
export async function runSourceDeletion({ database, task, signal }: TaskRun): Promise<void> {
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  const before = Number(task.attributes['entitlementsDeleted'] ?? 0);
  const { entitlementsDeleted } = await deleteSourceData(database, task.sourceId ?? '', context, async (progress) => {
    const deleted = before + progress.entitlementsDeleted;
    await reportProgress(database, task, `Deleting: ${deleted} entitlements`, { entitlementsDeleted: deleted });
    signal.throwIfAborted();
  }).catch((error: unknown) => {
    if (signal.aborted) {
      return { entitlementsDeleted: undefined };
    }
    throw error;
  });
  if (entitlementsDeleted !== undefined) {
    await completeTask(database, task, { entitlementsDeleted: before + entitlementsDeleted });
  }
}
