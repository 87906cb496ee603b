import type { Database } from '../storage/database.ts';
import { claimProperty, findProperty } from '../storage/properties.ts';

/** The property of a database that was prepared. */
const preparedProperty = 'prepared';

/**
 * Prepares a database, such as with sample data, unless that has succeeded before. If it fails or is interrupted, the next
 * call repeats it.
 * @throws what `prepare` throws
 */
export async function prepareOnce(database: Database, prepare: () => Promise<void>): Promise<void> {
  if ((await findProperty(database.keyed, preparedProperty)) !== undefined) {
    return;
  }
  await prepare();
  await database.write((transaction) => claimProperty(transaction, preparedProperty, new Date().toISOString()));
}
