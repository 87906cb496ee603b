import { sql } from 'kysely';
import type { Transaction } from '../database.ts';

/** A job to enqueue. */
export interface NewJob {
  /** Unique: there is at most one job with a key. */
  readonly key: string;
  /** The name of the `JobKind` that runs it. */
  readonly kind: string;
  /** Jobs of different lanes never wait for each other. */
  readonly lane: string;
  /** Only the oldest job of a sequence runs; null if it waits for no other job. */
  readonly sequence: string | null;
  /** The parameters of the job. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** When it runs, in UTC milliseconds. */
  readonly due: number;
}

/** A claimed job. */
export interface Job extends NewJob {
  /** The number of attempts since the last success, including the current one; paused attempts do not count. */
  readonly attempts: number;
  /** How often it was enqueued. */
  readonly requests: number;
  /** The lease, a new one for each claim. */
  readonly lease: string;
}

/**
 * Enqueues a job in the transaction that requires it. If a job with the same key is waiting, it runs at the earlier of
 * the two times; if it is running, it runs once more.
 */
export async function enqueueJob(transaction: Transaction, job: NewJob, now: number): Promise<void> {
  await transaction.query
    .insertInto('job')
    .values({
      ...job,
      payload: JSON.stringify(job.payload),
      requests: 1,
      attempts: 0,
      error: null,
      lease: null,
      lease_expires: null,
      created: now,
    })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        payload: sql<string>`excluded.payload`,
        requests: sql<number>`job.requests + 1`,
        due: sql<number>`case when job.lease is null and job.due < excluded.due then job.due else excluded.due end`,
      }),
    )
    .execute();
  await transaction.notify('jobs');
}
