import { resetEntitlements } from '../domain/removal/entitlement-reset.ts';
import type { TaskRun } from './task-run.ts';

/** Deletes all entitlements of a source permanently (contract A.1, reset). A repeated run continues. */
export async function runEntitlementReset({ database, task, signal }: TaskRun): Promise<void> {
  try {
    await resetEntitlements(database, task, signal);
  } catch (error) {
    // The server stops: the task continues at the next start.
    if (!signal.aborted) {
      throw error;
    }
  }
}
