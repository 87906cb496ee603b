import type { Clock } from '../clock.ts';
import { deleteOldChanges } from '../domain/changes/change-retention.ts';
import type { Database } from '../storage/database.ts';
import { enqueueJob, type NewJob } from '../storage/jobs/jobs.ts';
import type { JobKind } from './job-kind.ts';

const day = 86_400_000;
const kind = 'change-retention';

/** Returns the job kind that deletes changes older than `days` days, once a day. If `days` is 0, it deletes nothing. */
export function changeRetention(database: Database, clock: Clock, days: number): JobKind {
  return {
    run: async (_job, signal) => {
      if (days === 0) {
        return undefined;
      }
      await deleteOldChanges(database, clock.now() - days * day, signal);
      signal.throwIfAborted();
      return clock.now() + day;
    },
  };
}

/** Enqueues the job that deletes old changes, now and then every day, on one of the servers. */
export async function enqueueChangeRetention(database: Database, clock: Clock): Promise<void> {
  const now = clock.now();
  const job: NewJob = { key: kind, kind, lane: 'maintenance', sequence: null, payload: {}, due: now };
  await database.write((transaction) => enqueueJob(transaction, job, now));
}
