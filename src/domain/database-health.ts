import type { Database } from '../storage/database.ts';
import { findProperty } from '../storage/properties.ts';

/** Resolves when the database answers a read by key; rejects with the engine's error when it does not. */
export async function ping(database: Database): Promise<void> {
  await findProperty(database.keyed, 'tenantId');
}

export { databaseFailure } from '../storage/failures.ts';
