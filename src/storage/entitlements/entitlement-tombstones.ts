import type { Transaction } from '../database.ts';
import { insertObjectTags, tagsColumn } from '../tags/object-tags.ts';
import { lockTagNames } from '../tags/tags.ts';
import type { AggregationScope } from './entitlement-record.ts';
import type { EntitlementTable } from '../tables.ts';

/** The stored state of a deleted entitlement. */
export interface EntitlementTombstone {
  readonly row: EntitlementTable;
  /** The values of its parents. */
  readonly parents: readonly string[];
}

/** Writes tombstones for entitlements that are about to be deleted. */
export async function insertTombstones(
  transaction: Transaction,
  rows: readonly EntitlementTable[],
  parents: ReadonlyMap<string, readonly string[]>,
  taskId: string | null,
  now: number,
): Promise<void> {
  await transaction.insertRows(
    'entitlement_tombstone',
    rows.map((row) => ({
      id: row.id,
      source_id: row.source_id,
      type: row.type,
      value: row.value,
      deleted: now,
      task_id: taskId,
      entitlement: JSON.stringify({ ...row, parents: parents.get(row.id) ?? [] }),
    })),
  );
}

/**
 * Deletes the tombstones of entitlements that are restored, and returns them by value. The entitlements get their tags
 * back, except those that were deleted in the meantime.
 */
export async function takeTombstones(
  transaction: Transaction,
  scope: AggregationScope,
  values: readonly string[],
): Promise<Map<string, EntitlementTombstone>> {
  if (!(await hasTombstones(transaction, scope))) {
    return new Map();
  }
  const rows = await transaction.query
    .selectFrom('entitlement_tombstone')
    .select(['id', 'value', 'entitlement'])
    .where('source_id', '=', scope.sourceId)
    .where('type', '=', scope.type)
    .where('value', 'in', values)
    .execute();
  if (rows.length > 0) {
    await transaction.query
      .deleteFrom('entitlement_tombstone')
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
  }
  const tombstones = rows.map(({ entitlement }) => {
    // Tombstones of earlier versions have no parents or no tags.
    const { parents = [], tags = null, ...row } = JSON.parse(entitlement) as Stored;
    return { row: { ...row, tags }, parents };
  });
  return new Map((await withTags(transaction, tombstones)).map((tombstone) => [tombstone.row.value, tombstone]));
}

type Stored = Omit<EntitlementTable, 'tags'> & { readonly parents?: string[]; readonly tags?: string | null };

/** Returns tombstones without the tags that do not exist any more, and stores the others. */
async function withTags(
  transaction: Transaction,
  tombstones: readonly EntitlementTombstone[],
): Promise<readonly EntitlementTombstone[]> {
  const former = new Map(
    tombstones.flatMap(({ row }) => (row.tags === null ? [] : [[row.id, JSON.parse(row.tags) as string[]] as const])),
  );
  if (former.size === 0) {
    return tombstones;
  }
  const known = await lockTagNames(transaction, [...new Set([...former.values()].flat())]);
  const kept = new Map([...former].map(([id, tags]) => [id, tags.filter((tag) => known.has(tag))]));
  await insertObjectTags(
    transaction,
    'ENTITLEMENT',
    [...kept].map(([id, tags]) => ({ id, tags })),
  );
  return tombstones.map(({ row, parents }) => ({ row: { ...row, tags: tagsColumn(kept.get(row.id) ?? []) }, parents }));
}

/** Returns whether anything was ever deleted in a scope. This is much cheaper than looking up a thousand values. */
async function hasTombstones(transaction: Transaction, scope: AggregationScope): Promise<boolean> {
  const found = await transaction.query
    .selectFrom('entitlement_tombstone')
    .select('id')
    .where('source_id', '=', scope.sourceId)
    .where('type', '=', scope.type)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
