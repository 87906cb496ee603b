import { type RawBuilder, type SqlBool, sql, type UpdateObject } from 'kysely';
import type { Database, Session, Transaction } from '../database.ts';
import type { Tables } from '../tables.ts';
import type { Job } from './jobs.ts';

/** The leases of jobs. No function here changes a job that has another lease. */

/** The key of an advisory lock: servers claim one after the other, so that each sees what the others have claimed. */
const claimLock = 7_163_095;

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
  /** The kinds of jobs that the server can run: others wait for a server of a later version. */
  readonly kinds: readonly string[];
  /** Lanes in which the server cannot run another job. */
  readonly fullLanes: readonly string[];
  /** The keys of the jobs that the server is running. They are not claimed even if their leases have expired. */
  readonly running: readonly string[];
}

/**
 * Claims the oldest job that is due and may run: of a sequence, the oldest, while no other is running. Returns undefined
 * if there is none.
 */
export async function claimJob(database: Database, claim: Claim): Promise<Job | undefined> {
  return database.write(async ({ query, dialect }) => {
    if (dialect.locksRows) {
      await sql`SELECT pg_advisory_xact_lock(${claimLock})`.execute(query);
    }
    const found = await query
      .selectFrom('job')
      .select(['key', 'sequence'])
      .where('due', '<=', claim.now)
      .where('kind', 'in', claim.kinds)
      .where(sql<SqlBool>`${isRunning('job', claim)} is not true`)
      .$if(claim.fullLanes.length > 0, (builder) => builder.where('lane', 'not in', claim.fullLanes))
      .where(
        sql<SqlBool>`not exists (
          select 1 from job as other where other.sequence = job.sequence and other.key <> job.key
            and (other.created < job.created or (other.created = job.created and other.key < job.key)
              or ${isRunning('other', claim)})
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
    if (found.sequence !== null) {
      // A younger job whose lease has expired must not renew it while this one runs.
      await query
        .updateTable('job')
        .set(free)
        .where('sequence', '=', found.sequence)
        .where('key', '<>', found.key)
        .where('lease', 'is not', null)
        .execute();
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

/** Returns the condition that a job is running on this or another server; null if it has no lease. */
function isRunning(table: 'job' | 'other', { now, running }: Claim): RawBuilder<SqlBool | null> {
  const here = running.length === 0 ? sql`` : sql` or ${sql.ref(`${table}.key`)} in (${sql.join(running)})`;
  return sql`(${sql.ref(`${table}.lease_expires`)} > ${now}${here})`;
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
