import type { Transaction } from '../database.ts';
import { findReferencedGroups } from '../governance-groups/group-references.ts';
import { findReferencedIdentities } from '../identities/identities.ts';
import { insertObjectTags, tagsColumn } from '../tags/object-tags.ts';
import { lockTagNames } from '../tags/tags.ts';
import {
  type AggregationScope,
  type EntitlementTombstone,
  parsedTombstone,
  storedTombstone,
} from './entitlement-record.ts';
import type { EntitlementTable } from '../tables.ts';
import { groupsOfConfig, withGroupsAmong } from '../request-config/request-config.ts';
import { findReferencedSegments, segmentIds } from './entitlement-segments.ts';

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
      entitlement: storedTombstone(row, parents.get(row.id) ?? []),
    })),
  );
}

/**
 * Deletes the tombstones of entitlements that are restored, and returns them by value, without references to identities,
 * governance groups and segments that were deleted in the meantime. They get back those of their tags that still exist.
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
  const former = rows.map(({ entitlement }) => parsedTombstone(entitlement));
  const owners = await existingOwners(
    transaction,
    former.map(({ row }) => row),
  );
  const segments = await findReferencedSegments(
    transaction,
    former.flatMap(({ row }) => segmentIds(row.segments)),
  );
  const restored = former.map(({ row, parents }) => ({
    row: withSegmentsAmong(segments, withOwnersAmong(owners, row)),
    parents,
  }));
  return new Map((await withTags(transaction, restored)).map((tombstone) => [tombstone.row.value, tombstone]));
}

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

function withOwnersAmong(existing: ReadonlySet<string>, row: EntitlementTable): EntitlementTable {
  const before = additionalOwnersOf(row);
  const owners = before.filter(({ id }) => existing.has(id));
  const owned = {
    request_config: withGroupsAmong(existing, row.request_config),
    owner_id: row.owner_id !== null && existing.has(row.owner_id) ? row.owner_id : null,
    additional_owners: owners.length === 0 ? null : JSON.stringify(owners),
  };
  const isSame = owned.owner_id === row.owner_id && owners.length === before.length;
  return isSame ? { ...row, request_config: owned.request_config } : { ...row, ...owned };
}

function withSegmentsAmong(existing: ReadonlySet<string>, row: EntitlementTable): EntitlementTable {
  const before = segmentIds(row.segments);
  const left = before.filter((id) => existing.has(id));
  return {
    ...row,
    // Unchanged if all exist: an empty array stays one.
    segments: left.length === before.length ? row.segments : left.length === 0 ? null : JSON.stringify(left),
    has_segments: left.length > 0 ? 1 : 0,
  };
}

/**
 * Returns the ids of those owners, additional owners and approvers that exist. None of them can be deleted until the
 * transaction ends.
 */
async function existingOwners(transaction: Transaction, rows: readonly EntitlementTable[]): Promise<Set<string>> {
  const ids = rows.flatMap((row) => [
    ...(row.owner_id === null ? [] : [row.owner_id]),
    ...additionalOwnersOf(row).map(({ id }) => id),
    ...groupsOfConfig(row.request_config),
  ]);
  const distinct = [...new Set(ids)];
  const found = [
    ...(await findReferencedIdentities(transaction, distinct)),
    ...(await findReferencedGroups(transaction, distinct)),
  ];
  return new Set(found.map(({ id }) => id));
}

function additionalOwnersOf({ additional_owners: owners }: EntitlementTable): { readonly id: string }[] {
  return owners === null ? [] : (JSON.parse(owners) as { readonly id: string }[]);
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
