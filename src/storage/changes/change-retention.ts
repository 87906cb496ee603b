import type { Session, Transaction } from '../database.ts';
import { findProperty, raiseProperty } from '../properties.ts';

/** The property that tells since when the record is whole, as an ISO 8601 text. */
const keptSince = 'changesKeptSince';

/**
 * Removes up to `limit` changes from the beginning of the record, as far as they are older than `time` (UTC
 * milliseconds), and remembers that the record begins there. What remains has no gaps: a removal ends at the first
 * change that is young enough. Returns how many went.
 */
export async function deleteChangesBefore(transaction: Transaction, time: number, limit: number): Promise<number> {
  const first = await transaction.query
    .selectFrom('change')
    .select(['number', 'time'])
    .orderBy('number')
    .limit(limit)
    .execute();
  const young = first.findIndex((change) => change.time >= time);
  const old = young === -1 ? first : first.slice(0, young);
  const last = old.at(-1);
  if (last === undefined) {
    return 0;
  }
  await transaction.query.deleteFrom('change').where('number', '<=', last.number).execute();
  await raiseProperty(transaction, keptSince, new Date(time).toISOString());
  return old.length;
}

/** Since when every change is there, as an ISO 8601 text; undefined when none was ever removed. */
export async function changesKeptSince(session: Session): Promise<string | undefined> {
  return findProperty(session, keptSince);
}
