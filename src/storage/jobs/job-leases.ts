import { type SqlBool, sql, type UpdateObject } from 'kysely';
import type { Database, Session, Transaction } from '../database.ts';
import type { Tables } from '../tables.ts';
import type { Job } from './jobs.ts';

/** The leases of jobs. No function here changes a job that has another lease. */

/** A claimed job with its lease. */
export type HeldJob = Pick<Job, 'key' | 'lease' | 'requests'>;

/** A server's request for a job. */
export interface Claim {
  /** The name of the lease, which must be new. */
  readonly lease: string;
  /** UTC milliseconds. */
  readonly now: number;
  /** When the lease expires unless it is renewed, in UTC milliseconds. */
  readonly leaseExpires: number;
  /** Lanes in which the server cannot run another job. */
  readonly fullLanes: readonly string[];
}

/** Claims the oldest job that is due and may run. Returns undefined if there is none. */
export async function claimJob(database: Database, claim: Claim): Promise<Job | undefined> {
  return database.write(async ({ query, dialect }) => {
    const found = await query
      .selectFrom('job')
      .select('key')
      .where('due', '<=', claim.now)
      .where((where) => where.or([where('lease', 'is', null), where('lease_expires', '<', claim.now)]))
      .$if(claim.fullLanes.length > 0, (builder) => builder.where('lane', 'not in', claim.fullLanes))
      .where(
        sql<SqlBool>`not exists (
          select 1 from job as older where older.sequence = job.sequence
            and (older.created < job.created or (older.created = job.created and older.key < job.key))
        )`,
      )
      .orderBy('created')
      .orderBy('key')
      .limit(1)
      .$if(dialect.locksRows, (builder) => builder.forUpdate().skipLocked())
      .executeTakeFirst();
    if (found === undefined) {
      return undefined;
    }
    const job = await query
      .updateTable('job')
      .set((set) => ({ lease: claim.lease, lease_expires: claim.leaseExpires, attempts: set('attempts', '+', 1) }))
      .where('key', '=', found.key)
      .returning(['key', 'kind', 'lane', 'sequence', 'payload', 'due', 'attempts', 'requests'])
      .executeTakeFirstOrThrow();
    return { ...job, lease: claim.lease, payload: JSON.parse(job.payload) as Job['payload'] };
  });
}

/** Returns whether a job still has this lease. If so, it cannot be claimed before the transaction ends. */
export async function isHeld({ query, dialect }: Transaction, { key, lease }: HeldJob): Promise<boolean> {
  const row = await query
    .selectFrom('job')
    .select('key')
    .where('key', '=', key)
    .where('lease', '=', lease)
    .$if(dialect.locksRows, (builder) => builder.forUpdate())
    .executeTakeFirst();
  return row !== undefined;
}

/** Renews the lease of a job. Returns false if the lease is lost. */
export async function renewLease(database: Database, job: HeldJob, leaseExpires: number): Promise<boolean> {
  return database.write(async (transaction) => (await change(transaction, job, { lease_expires: leaseExpires })) > 0);
}

/**
 * Completes a job that succeeded: it is deleted, or runs again at `next` (UTC milliseconds). If it was enqueued again
 * while it ran, it runs at the time of that request.
 */
export async function completeJob(database: Database, job: HeldJob, next: number | undefined): Promise<void> {
  await database.write(async (transaction) => {
    await transaction.notify('jobs');
    if (next === undefined) {
      await transaction.query
        .deleteFrom('job')
        .where('key', '=', job.key)
        .where('lease', '=', job.lease)
        .where('requests', '=', job.requests)
        .execute();
    }
    // A job that was not deleted was enqueued again, or is to be repeated.
    const due = sql<number>`case when requests = ${job.requests} then ${next ?? 0} else due end`;
    await change(transaction, job, { ...free, attempts: 0, error: null, due });
  });
}

/** Releases a job that failed: it runs again at `due` (UTC milliseconds). */
export async function failJob(database: Database, job: HeldJob, error: string, due: number): Promise<void> {
  await database.write(async (transaction) => {
    await transaction.notify('jobs');
    await change(transaction, job, { ...free, error, due });
  });
}

/** Releases a paused job. A pause does not count as an attempt. */
export async function pauseJob(database: Database, job: HeldJob): Promise<void> {
  await database.write(async (transaction) => {
    await transaction.notify('jobs');
    await change(transaction, job, { ...free, attempts: sql<number>`attempts - 1` });
  });
}

/** Releases every job. Only for a database whose only server is this process. */
export async function releaseAllJobs(database: Database): Promise<void> {
  await database.write(({ query }) => query.updateTable('job').set(free).where('lease', 'is not', null).execute());
}

/** Returns when the next job becomes due or the next lease expires, in UTC milliseconds, or undefined. */
export async function nextJobTime({ query }: Session, now: number): Promise<number | undefined> {
  const time = sql<number | null>`min(case when lease is null then due else lease_expires end)`;
  const { next } = await query
    .selectFrom('job')
    .select(time.as('next'))
    .where(sql`case when lease is null then due else lease_expires end`, '>', now)
    .executeTakeFirstOrThrow();
  return next ?? undefined;
}

const free = { lease: null, lease_expires: null };

async function change(
  { query }: Transaction,
  { key, lease }: HeldJob,
  values: UpdateObject<Tables, 'job'>,
): Promise<number> {
  const result = await query
    .updateTable('job')
    .set(values)
    .where('key', '=', key)
    .where('lease', '=', lease)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
