import type { Database } from '../storage/database.ts';
import { findProperty } from '../storage/properties.ts';

/** Resolves when the database answers a read by key; rejects with the engine's error when it does not. */
export async function ping(database: Database): Promise<void> {
  await findProperty(database.keyed, 'tenantId');
}

/** What is told when there is no room for what is to be written. */
export const diskFull = 'The disk is full, or a limit of space on it is reached.';

export { databaseFailure } from '../storage/failures.ts';
