import { access, constants } from 'node:fs/promises';
import type { Database } from '../storage/database.ts';
import { findProperty } from '../storage/properties.ts';

/**
 * Resolves when the database answers a read by key and the data directory is there; rejects with the error when not. An
 * embedded database goes on reading a file that was moved away, and could not write.
 */
export async function ping(database: Database, dataDir: string): Promise<void> {
  await access(dataDir, constants.W_OK);
  await findProperty(database.keyed, 'tenantId');
}

/** What is told when there is no room for what is to be written. */
export const diskFull = 'The disk is full, or a limit of space on it is reached.';

export { databaseFailure } from '../storage/failures.ts';
