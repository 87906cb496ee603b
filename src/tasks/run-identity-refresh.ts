import { processIdentities } from '../domain/identities/process-identities.ts';
import type { TaskRun } from './task-run.ts';

/** Processes identities again (contract B.3, `POST /identities/process`). A repeated run continues. */
export async function runIdentityRefresh({ database, task, signal }: TaskRun): Promise<void> {
  try {
    await processIdentities(database, task, signal);
  } catch (error) {
    // The server stops: the task continues at the next start.
    if (!signal.aborted) {
      throw error;
    }
  }
}
