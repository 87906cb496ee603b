import { deleteInBulk } from '../domain/removal/bulk-deletion.ts';
import type { TaskRun } from './task-run.ts';

/** Deletes entitlements one after the other (contract A.2, bulk deletion). A repeated run continues. */
export async function runEntitlementDeletion({ database, task, signal }: TaskRun): Promise<void> {
  try {
    await deleteInBulk(database, task, signal);
  } catch (error) {
    // The server stops: the task continues at the next start.
    if (!signal.aborted) {
      throw error;
    }
  }
}
