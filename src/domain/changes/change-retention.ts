import { setTimeout as sleep } from 'node:timers/promises';
import { deleteChangesBefore } from '../../storage/changes/change-retention.ts';
import type { Database } from '../../storage/database.ts';

/** How many changes one transaction removes, so that other writers can run in between. */
const batchSize = 1000;

/**
 * Removes the changes older than `time` (UTC milliseconds) in transactions of limited size. Earlier states of an
 * entitlement since that time can still be reconstructed from its current state and the remaining changes.
 * @param signal aborts between two transactions
 * @returns the number of removed changes
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
