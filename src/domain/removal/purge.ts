/**
 * The permanent deletion of the entitlements of a source, in transactions of limited size. No account is linked to them any
 * more, so nothing can be stored for their connections meanwhile.
 */
import { deleteConnectionsOf } from '../../storage/connections/connection-deletion.ts';
import type { ChangeOrigin } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { type EntitlementPage, purgeEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import { deleteTombstones, entitlementIdsOfSource, tombstoneIdsOfSource } from '../../storage/sources/source-data.ts';

/** What one transaction has deleted. */
export interface Purge {
  /** Whether nothing is left. */
  readonly isDone: boolean;
  /** The ids of the deleted entitlements, sorted. */
  readonly deleted: readonly string[];
}

/** Deletes what is stored for the connections of the next entitlements, or, if there is nothing, these entitlements. */
export async function purgeSomeEntitlements(
  transaction: Transaction,
  page: EntitlementPage,
  origin: ChangeOrigin,
  now: number,
): Promise<Purge> {
  const next = await entitlementIdsOfSource(transaction, page);
  if ((await deleteConnectionsOf(transaction, next, page.limit, origin, now)) > 0) {
    return { isDone: false, deleted: [] };
  }
  const deleted = await purgeEntitlements(transaction, page, origin, now);
  return { isDone: deleted.length < page.limit, deleted };
}

/** Does the same for the tombstones of entitlements. Returns whether nothing is left. */
export async function purgeSomeTombstones(
  transaction: Transaction,
  sourceId: string,
  limit: number,
  origin: ChangeOrigin,
  now: number,
): Promise<boolean> {
  const next = await tombstoneIdsOfSource(transaction, 'entitlement_tombstone', sourceId, limit);
  if ((await deleteConnectionsOf(transaction, next, limit, origin, now)) > 0) {
    return false;
  }
  await deleteTombstones(transaction, 'entitlement_tombstone', next);
  return next.length < limit;
}
