import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../database.ts';
import { findTask, type Task } from './tasks.ts';

/** Tasks as a queue: who works on which, and until when. */

/**
 * Claims the oldest task that may run now, until the lease lapses; undefined when there is none.
 * Of each source only the oldest open task may run, so two tasks never work on one source at a time.
 */
export async function claimTask(
  database: Database,
  claim: { readonly worker: string; readonly now: number; readonly leaseExpires: number },
): Promise<Task | undefined> {
  return database.write(async (transaction) => {
    const { query, dialect } = transaction;
    const found = await query
      .selectFrom('task')
      .select('id')
      .where('completed', 'is', null)
      .where((where) => where.or([where('lease_expires', 'is', null), where('lease_expires', '<', claim.now)]))
      .where(
        sql<SqlBool>`not exists (
          select 1 from task as older
          where older.source_id = task.source_id and older.completed is null
            and (older.created < task.created or (older.created = task.created and older.id < task.id))
        )`,
      )
      .orderBy('created')
      .orderBy('id')
      .limit(1)
      .$if(dialect.locksRows, (builder) => builder.forUpdate().skipLocked())
      .executeTakeFirst();
    if (found === undefined) {
      return undefined;
    }
    await query
      .updateTable('task')
      .set((set) => ({
        worker: claim.worker,
        lease_expires: claim.leaseExpires,
        launched: sql<number>`coalesce(launched, ${bigInteger(claim.now)})`,
        attempts: set('attempts', '+', 1),
        modified: claim.now,
        version: set('version', '+', 1),
      }))
      .where('id', '=', found.id)
      .execute();
    return findTask(transaction, found.id);
  });
}

/** Extends the lease of a running task. False when another worker has taken it over. */
export async function renewLease(
  database: Database,
  id: string,
  worker: string,
  leaseExpires: number,
): Promise<boolean> {
  return database.write(async ({ query }) => {
    const result = await query
      .updateTable('task')
      .set({ lease_expires: leaseExpires })
      .where('id', '=', id)
      .where('worker', '=', worker)
      .where('completed', 'is', null)
      .executeTakeFirst();
    return Number(result.numUpdatedRows) === 1;
  });
}

/**
 * Gives a task back unfinished: it may be claimed again at once.
 * @param isPaused it was asked to pause, which is no failed attempt
 */
export async function releaseTask(database: Database, id: string, worker: string, isPaused: boolean): Promise<void> {
  await database.write(async ({ query }) => {
    await query
      .updateTable('task')
      .set((set) => ({
        worker: null,
        lease_expires: null,
        ...(isPaused ? { attempts: set('attempts', '-', 1) } : {}),
      }))
      .where('id', '=', id)
      .where('worker', '=', worker)
      .where('completed', 'is', null)
      .execute();
  });
}

/** Gives back every task that a worker held. For a database of which this process is the only server. */
export async function releaseAllTasks(database: Database): Promise<void> {
  await database.write(async ({ query }) => {
    await query
      .updateTable('task')
      .set({ worker: null, lease_expires: null })
      .where('worker', 'is not', null)
      .where('completed', 'is', null)
      .execute();
  });
}

/** PostgreSQL would take a bare number parameter inside a function for a text. */
function bigInteger(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as bigint)`;
}
