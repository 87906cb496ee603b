import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { isHeld } from '../jobs/job-leases.ts';
import type { Job } from '../jobs/jobs.ts';
import { findTask, type Task } from './tasks.ts';

/**
 * Assigns a task to the lease of its job, so that only that server can write to it, and returns it. A task that has
 * ended is returned unchanged. Returns undefined if the lease is lost.
 */
export async function startTask(database: Database, job: Job, now: number): Promise<Task | undefined> {
  return database.write(async (transaction) => {
    if (!(await isHeld(transaction, job))) {
      return undefined;
    }
    await transaction.query
      .updateTable('task')
      .set((set) => ({
        worker: job.lease,
        // Without the cast PostgreSQL assumes that the parameter is a text.
        launched: sql<number>`coalesce(launched, cast(${now} as bigint))`,
        attempts: job.attempts,
        modified: now,
        version: set('version', '+', 1),
      }))
      .where('id', '=', job.key)
      .where('completed', 'is', null)
      .execute();
    return findTask(transaction, job.key);
  });
}
