import { setTimeout as sleep } from 'node:timers/promises';
import { deleteChangesBefore } from '../../storage/changes/change-retention.ts';
import type { Database } from '../../storage/database.ts';

/** How many changes one transaction removes: other writers get their turn in between. */
const batchSize = 1000;

/**
 * Removes the changes older than `time` (UTC milliseconds) in transactions of bounded size. What an entitlement was at
 * that time or later can still be told: it follows from what it is now and the changes since.
 * @param signal ends it between two transactions
 * @returns how many went
 */
export async function deleteOldChanges(database: Database, time: number, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    if (signal?.aborted === true) {
      return total;
    }
    const deleted = await database.write((transaction) => deleteChangesBefore(transaction, time, batchSize));
    total += deleted;
    if (deleted < batchSize) {
      return total;
    }
    await sleep(1);
  }
}
