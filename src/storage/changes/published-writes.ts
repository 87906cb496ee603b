import type { Channel, Database, Transaction } from '../database.ts';
import type { ChangedKey, CommittedChanges } from './committed-changes.ts';

/** The transaction as an engine provides it: it collects nothing. */
export type EngineTransaction = Omit<Transaction, 'changed'>;

type Write = Database['write'];
type EngineWrite = <T>(work: (transaction: EngineTransaction) => Promise<T>) => Promise<T>;

/**
 * Makes an engine's write collect what it changes and notifies, and publish that before its promise settles. A write
 * that fails is published as well: after a connection was lost during the commit, nobody knows whether it was committed.
 */
export function published(write: EngineWrite, changes: CommittedChanges): Write {
  return async (work) => {
    let changed: ChangedKey[] = [];
    let channels: Channel[] = [];
    try {
      return await write((transaction) => {
        // The work may run again: only its last run counts.
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
