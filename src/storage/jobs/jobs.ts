import { sql } from 'kysely';
import type { Transaction } from '../database.ts';

/** What is to be done. */
export interface NewJob {
  /** There is one job of a key at most. */
  readonly key: string;
  /** Which code does it. */
  readonly kind: string;
  /** Jobs of different lanes never wait for each other. */
  readonly lane: string;
  /** Of the jobs of one sequence only the oldest runs; null: it waits for no other. */
  readonly sequence: string | null;
  /** What its code must know. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** When it is to run, in UTC milliseconds. */
  readonly due: number;
}

/** A job as its server holds it. */
export interface Job extends NewJob {
  /** How often it was begun since it last succeeded, this time included; a pause does not count. */
  readonly attempts: number;
  /** How often it was asked for. */
  readonly requests: number;
  /** Under which lease it is held: a new one each time it is claimed. */
  readonly lease: string;
}

/**
 * Adds a job, in the transaction that is the reason for it. One of the same key that waits runs at the earlier of the
 * two times; one that runs runs once more.
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
