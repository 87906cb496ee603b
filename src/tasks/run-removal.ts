import type { ChangeContext } from '../domain/changes/change-context.ts';
import { completeTask, reportProgress } from '../domain/tasks/tasks.ts';
import type { Database } from '../storage/database.ts';
import type { TaskRun } from './task-run.ts';

interface Removed {
  readonly accountsDeleted: number;
  readonly entitlementsDeleted: number;
}

/** A function that removes data of a source, batch by batch. A repeated call continues. */
type Removal = (
  database: Database,
  sourceId: string,
  context: ChangeContext,
  onProgress: (progress: Removed) => Promise<void>,
) => Promise<Removed>;

/** Runs a removal as a task. Its counts include those of interrupted attempts. */
export async function runRemoval({ database, task, signal }: TaskRun, remove: Removal): Promise<void> {
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  const before = (name: keyof Removed): number => Number(task.attributes[name] ?? 0);
  const all = ({ accountsDeleted, entitlementsDeleted }: Removed): { [Name in keyof Removed]: number } => ({
    accountsDeleted: before('accountsDeleted') + accountsDeleted,
    entitlementsDeleted: before('entitlementsDeleted') + entitlementsDeleted,
  });
  try {
    const removed = await remove(database, task.sourceId ?? '', context, async (progress) => {
      const { accountsDeleted, entitlementsDeleted } = all(progress);
      const text = `Deleting: ${accountsDeleted} accounts, ${entitlementsDeleted} entitlements`;
      await reportProgress(database, task, text, all(progress));
      signal.throwIfAborted();
    });
    await completeTask(database, task, all(removed));
  } catch (error) {
    // The server stops: the task continues at the next start.
    if (!signal.aborted) {
      throw error;
    }
  }
}
