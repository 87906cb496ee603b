import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { isHeld } from '../jobs/job-leases.ts';
import type { Job } from '../jobs/jobs.ts';
import { findTask, type Task } from './tasks.ts';

/**
 * Gives a task to whoever holds its job, so that nobody else can write to it, and returns it; one that has ended is
 * returned as it is. Undefined when the job is not held any more.
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
        // PostgreSQL would take a bare parameter inside a function for a text.
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
