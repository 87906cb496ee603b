import type { Database, Transaction } from '../database.ts';
import type { ChangedKey, CommittedChanges } from './committed-changes.ts';

/** The transaction as the engine makes it, before what it changes is collected. */
export type EngineTransaction = Omit<Transaction, 'changed'>;

type Write = Database['write'];
type EngineWrite = <T>(work: (transaction: EngineTransaction) => Promise<T>) => Promise<T>;

/**
 * Makes an engine's write collect what it changes, and publish it before its promise settles. Where the write fails it
 * is published too: a connection that is lost during the commit leaves open whether that was done.
 */
export function published(write: EngineWrite, changes: CommittedChanges): Write {
  return async (work) => {
    let changed: ChangedKey[] = [];
    try {
      return await write((transaction) => {
        // The work may be run again: only what its last run changed counts.
        changed = [];
        return work({ ...transaction, changed });
      });
    } finally {
      changes.publish(changed);
    }
  };
}
