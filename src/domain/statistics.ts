import type { Transaction } from '../storage/database.ts';
import { enqueueJob } from '../storage/jobs/jobs.ts';

/** Lets the database look at its data again once this transaction is committed: one of the servers does it. */
export async function enqueueStatistics(transaction: Transaction, now: number): Promise<void> {
  const kind = 'statistics';
  await enqueueJob(transaction, { key: kind, kind, lane: 'maintenance', sequence: null, payload: {}, due: now }, now);
}
