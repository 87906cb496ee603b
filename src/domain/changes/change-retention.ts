import { setTimeout as sleep } from 'node:timers/promises';
import { deleteChangesBefore } from '../../storage/changes/change-retention.ts';
import type { Database } from '../../storage/database.ts';

const day = 86_400_000;
/** How many changes one transaction removes: other writers get their turn in between. */
const batchSize = 1000;

/** The daily removal of old changes. */
export interface ChangeRetention {
  /** Resolves when nothing is being removed any more. */
  stop(): Promise<void>;
}

/**
 * Removes changes older than a number of days, now and every day from now on, without keeping the process alive.
 * @param days 0 keeps them for ever
 * @param onFailure told of a removal that failed; the next day brings the next one
 */
export function keepChangesFor(days: number, database: Database, onFailure: (error: unknown) => void): ChangeRetention {
  if (days === 0) {
    return { stop: async () => {} };
  }
  const stopping = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const remove = (): void => {
    last = last.then(() => deleteOldChanges(database, Date.now() - days * day, stopping.signal)).catch(onFailure);
  };
  remove();
  const timer = setInterval(remove, day).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await last;
    },
  };
}

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
