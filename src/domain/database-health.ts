import { access, constants } from 'node:fs/promises';
import type { Database } from '../storage/database.ts';
import { findProperty } from '../storage/properties.ts';

/**
 * Resolves if the database answers a read by key and the data directory is writable; rejects with the error otherwise.
 * The directory is checked because SQLite can still read a file that was moved away, but could not write.
 */
export async function ping(database: Database, dataDir: string): Promise<void> {
  await access(dataDir, constants.W_OK);
  await findProperty(database.keyed, 'tenantId');
}

/** The error text if there is no space for a write. */
export const diskFull = 'The disk is full, or a limit of space on it is reached.';

export { databaseFailure } from '../storage/failures.ts';
