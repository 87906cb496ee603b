import type { Transaction } from '../storage/database.ts';
import { enqueueJob } from '../storage/jobs/jobs.ts';

/** Queues a job that refreshes the query planner's statistics, in the transaction. */
export async function enqueueStatistics(transaction: Transaction, now: number): Promise<void> {
  const kind = 'statistics';
  await enqueueJob(transaction, { key: kind, kind, lane: 'maintenance', sequence: null, payload: {}, due: now }, now);
}
