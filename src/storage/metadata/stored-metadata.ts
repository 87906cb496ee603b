import type { Session, Transaction } from '../database.ts';
import { type EntitlementTombstone, parsedTombstone, storedTombstone } from '../entitlements/entitlement-record.ts';

/** The metadata of all entitlements and tombstones, for the start after attributes were introduced. */

const pageSize = 1000;

/** The metadata of an entitlement as JSON. */
export interface StoredMetadata {
  readonly id: string;
  readonly metadata: string;
}

/** Returns the entitlements that have metadata, in pages sorted by id. */
export async function* entitlementsWithMetadata({ query }: Session): AsyncGenerator<readonly StoredMetadata[]> {
  for (let last = '', size = pageSize; size === pageSize;) {
    const rows = await query
      .selectFrom('entitlement')
      .select(['id', 'access_model_metadata as metadata'])
      .where('id', '>', last)
      .where('access_model_metadata', 'is not', null)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    yield rows.map(({ id, metadata }) => ({ id, metadata: metadata ?? '{}' }));
    last = rows.at(-1)?.id ?? last;
    size = rows.length;
  }
}

/** Returns the tombstones of entitlements that had metadata, in pages sorted by id. */
export async function* tombstonesWithMetadata({ query }: Session): AsyncGenerator<readonly EntitlementTombstone[]> {
  for (let last = '', size = pageSize; size === pageSize;) {
    const rows = await query
      .selectFrom('entitlement_tombstone')
      .select(['id', 'entitlement'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(pageSize)
      .execute();
    yield rows
      .map(({ entitlement }) => parsedTombstone(entitlement))
      .filter(({ row }) => row.access_model_metadata !== null);
    last = rows.at(-1)?.id ?? last;
    size = rows.length;
  }
}

/** Sets the metadata with which an entitlement returns. */
export async function setMetadataOfTombstone(
  transaction: Transaction,
  { row, parents }: EntitlementTombstone,
  metadata: string | null,
): Promise<void> {
  await transaction.query
    .updateTable('entitlement_tombstone')
    .set({ entitlement: storedTombstone({ ...row, access_model_metadata: metadata }, parents) })
    .where('id', '=', row.id)
    .execute();
}
