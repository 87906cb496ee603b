import { type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Transaction } from '../database.ts';
import { removeAllTags } from '../tags/object-tags.ts';
import type { EntitlementTable } from '../tables.ts';
import { deleteParents, lockEntitlements, parentsOf } from './entitlement-aggregation.ts';
import { entitlementState } from './entitlement-record.ts';
import { deleteAssignments } from './entitlement-segments.ts';
import { insertTombstones } from './entitlement-tombstones.ts';

/** Deletes entitlements and writes tombstones with their governance data. Returns the number of deleted ones. */
export async function deleteEntitlements(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const rows = await lockEntitlements(transaction, ids);
  if (rows.size === 0) {
    return 0;
  }
  const found = [...rows.keys()];
  const deleted = [...rows.values()];
  const parents = await parentsOf(transaction, found);
  await insertTombstones(transaction, deleted, parents, origin.taskId, now);
  await deleteParents(transaction, found);
  await deleteAssignments(transaction, withSegments(deleted));
  await removeTags(transaction, deleted);
  await transaction.query.deleteFrom('entitlement').where('id', 'in', found).execute();
  await recordDeletions(transaction, deleted, parents, origin, now);
  return deleted.length;
}

/** Some of the entitlements of a source, in the order of their ids. */
export interface EntitlementPage {
  readonly sourceId: string;
  /** The id after which the page begins. PostgreSQL would otherwise read all that were deleted before, for each page. */
  readonly after: string;
  readonly limit: number;
}

/**
 * Deletes a page of the entitlements of a source permanently, with their memberships and without tombstones: if they
 * return, they are new. Each deletion is recorded; the memberships are not. Returns the deleted ids, sorted.
 */
export async function purgeEntitlements(
  transaction: Transaction,
  { sourceId, after, limit }: EntitlementPage,
  origin: ChangeOrigin,
  now: number,
): Promise<string[]> {
  const { query } = transaction;
  // Returning the rows costs much less than reading and locking them before.
  const deleted = await query
    .deleteFrom('entitlement')
    .where('id', 'in', (builder) =>
      builder
        .selectFrom('entitlement')
        .select('id')
        .where('source_id', '=', sourceId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit),
    )
    .returningAll()
    .execute();
  if (deleted.length === 0) {
    return [];
  }
  deleted.sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = deleted.map(({ id }) => id);
  const edges = await query
    .deleteFrom('entitlement_parent')
    .where('child_id', 'in', ids)
    .returning(['child_id as id', 'parent_value as parent'])
    .execute();
  await query.deleteFrom('account_entitlement').where('entitlement_id', 'in', ids).execute();
  await deleteAssignments(transaction, withSegments(deleted));
  await removeTags(transaction, deleted);
  const parents = Map.groupBy(edges, ({ id }) => id);
  await recordDeletions(
    transaction,
    deleted,
    new Map([...parents].map(([id, own]) => [id, own.map(({ parent }) => parent)])),
    origin,
    now,
  );
  return ids;
}

async function removeTags(transaction: Transaction, rows: readonly EntitlementTable[]): Promise<void> {
  const tagged = rows.filter(({ tags }) => tags !== null);
  if (tagged.length > 0) {
    await removeAllTags(
      transaction,
      'ENTITLEMENT',
      tagged.map(({ id }) => id),
    );
  }
}

function withSegments(rows: readonly EntitlementTable[]): string[] {
  return rows.filter((row) => row.has_segments === 1).map(({ id }) => id);
}

async function recordDeletions(
  transaction: Transaction,
  deleted: readonly EntitlementTable[],
  parents: ReadonlyMap<string, readonly string[]>,
  origin: ChangeOrigin,
  now: number,
): Promise<void> {
  await recordChanges(
    transaction,
    origin,
    now,
    deleted.map((row) => ({
      objectType: 'ENTITLEMENT',
      objectId: row.id,
      kind: 'deleted',
      before: entitlementState(row, parents.get(row.id) ?? []),
      after: null,
    })),
  );
}
