import type { Session } from '../database.ts';

/**
 * The largest number of a change below which no further one will appear; undefined where changes appear in the order of
 * their numbers. Read the changes after this.
 */
export async function settledChange(session: Session): Promise<number | undefined> {
  return session.dialect.settledNumber(session, 'change', 'number');
}
