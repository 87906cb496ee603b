import type { Session } from '../database.ts';

/**
 * Returns the largest number up to which no change can be added any more; undefined if changes always become visible in
 * the order of their numbers. Read the changes after this call.
 */
export async function settledChange(session: Session): Promise<number | undefined> {
  return session.dialect.settledNumber(session, 'change', 'number');
}
