import type { Session, Transaction } from '../database.ts';
import { findProperty, raiseProperty } from '../properties.ts';

/** The property with the time since which the change record is complete, as an ISO 8601 text. */
const keptSince = 'changesKeptSince';

/**
 * Deletes up to `limit` changes older than `time` (UTC milliseconds) from the beginning of the change record, and
 * stores that the record begins at that time. Deletion stops at the first newer change, so that the rest has no gaps.
 * Returns the number of deleted changes.
 */
export async function deleteChangesBefore(transaction: Transaction, time: number, limit: number): Promise<number> {
  const first = await transaction.query
    .selectFrom('change')
    .select(['number', 'time'])
    .orderBy('number')
    .limit(limit)
    .execute();
  const firstKept = first.findIndex((change) => change.time >= time);
  const old = firstKept === -1 ? first : first.slice(0, firstKept);
  const last = old.at(-1);
  if (last === undefined) {
    return 0;
  }
  await transaction.query.deleteFrom('change').where('number', '<=', last.number).execute();
  await raiseProperty(transaction, keptSince, new Date(time).toISOString());
  return old.length;
}

/** Returns the time since which the change record is complete, in ISO 8601; undefined if nothing was ever deleted. */
export async function changesKeptSince(session: Session): Promise<string | undefined> {
  return findProperty(session, keptSince);
}
