import type { Channel, Database, Transaction } from '../database.ts';
import type { ChangedKey, CommittedChanges } from './committed-changes.ts';

/** The transaction of an engine, which does not collect changed objects. */
export type EngineTransaction = Omit<Transaction, 'changed'>;

type Write = Database['write'];
type EngineWrite = <T>(work: (transaction: EngineTransaction) => Promise<T>) => Promise<T>;

/**
 * Wraps the write function of an engine so that it collects the changed objects and notified channels, and publishes
 * them before its promise settles. A failed write is published as well: if the connection was lost during the commit,
 * it may have been committed.
 */
export function published(write: EngineWrite, changes: CommittedChanges): Write {
  return async (work) => {
    let changed: ChangedKey[] = [];
    let channels: Channel[] = [];
    try {
      return await write((transaction) => {
        // The work may be repeated: only its last run counts.
        changed = [];
        channels = [];
        return work({
          ...transaction,
          changed,
          notify: async (channel) => {
            if (!channels.includes(channel)) {
              channels.push(channel);
              await transaction.notify(channel);
            }
          },
        });
      });
    } finally {
      changes.publish({ changed, channels });
    }
  };
}
