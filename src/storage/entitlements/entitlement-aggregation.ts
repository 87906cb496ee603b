import { sql } from 'kysely';
import { type Change, type ChangeOrigin, difference, recordChanges } from '../changes/changes.ts';
import type { Session, Transaction } from '../database.ts';
import {
  type AggregationScope,
  entitlementState,
  newEntitlement,
  type SourceTruth,
  truthState,
  withTruth,
} from './entitlement-record.ts';
import { insertTombstones, takeTombstones } from './entitlement-tombstones.ts';
import { deleteAssignments, insertAssignments, renameAssignments } from './entitlement-segments.ts';
import { prepared } from '../query/prepared.ts';
import { removeAllTags } from '../tags/object-tags.ts';
import type { EntitlementTable } from '../tables.ts';
import { updateRows } from '../query/update-rows.ts';

interface KnownEntitlement {
  readonly id: string;
  readonly key: string;
  readonly fingerprint: string;
}

const selectKnown = prepared<AggregationScope & { afterValue: string; limit: number }, KnownEntitlement>(
  ({ query }, { sourceId, type, afterValue, limit }) =>
    query
      .selectFrom('entitlement')
      .select([
        'id',
        'value as key',
        sql<string>`case when is_listed = 1 then fingerprint else '' end`.as('fingerprint'),
      ])
      .where('source_id', '=', sourceId)
      .where('type', '=', type)
      .where('value', '>', afterValue)
      .orderBy('value')
      .limit(limit),
);

/**
 * Returns up to `limit` entitlements of a scope with values (`key`) after `afterValue`, sorted by the bytes of the
 * value. Unlisted entitlements have an empty fingerprint, so that a file that lists them updates them.
 */
export async function entitlementsByValue(
  session: Session,
  scope: AggregationScope,
  afterValue: string | undefined,
  limit: number,
): Promise<KnownEntitlement[]> {
  // Values are never empty.
  return selectKnown(session, { ...scope, afterValue: afterValue ?? '', limit });
}

/** Returns the number of entitlements of a scope. */
export async function countEntitlementsOf(session: Session, scope: AggregationScope): Promise<number> {
  const { total } = await session.query
    .selectFrom('entitlement')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .where('source_id', '=', scope.sourceId)
    .where('type', '=', scope.type)
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Returns the number of parent values in a scope without an entitlement. */
export async function countUnknownParents(session: Session, scope: AggregationScope): Promise<number> {
  const inScope = { source_id: scope.sourceId, type: scope.type };
  const { total } = await session.query
    // EXCEPT instead of a join, which would be quadratic if PostgreSQL has no statistics about the source.
    .selectFrom(({ selectFrom }) =>
      selectFrom('entitlement_parent')
        .select('parent_value as value')
        .where((where) => where.and(inScope))
        .except(
          selectFrom('entitlement')
            .select('value')
            .where((where) => where.and(inScope)),
        )
        .as('unknown'),
    )
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Returns the ids of those of these entitlements that an account holds. */
export async function heldEntitlements(session: Session, ids: readonly string[]): Promise<Set<string>> {
  const rows = await session.query
    .selectFrom('account_entitlement')
    .select('entitlement_id as id')
    .distinct()
    .where('entitlement_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/**
 * Creates entitlements. A deleted entitlement is restored from its tombstone with its id and its governance data.
 * @param newIds one id for each of `truths`, used for entitlements without a tombstone
 * @returns the number of restored entitlements
 */
export async function createEntitlements(
  transaction: Transaction,
  scope: AggregationScope,
  truths: readonly SourceTruth[],
  newIds: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<{ restored: number }> {
  const tombstones = await takeTombstones(
    transaction,
    scope,
    truths.map(({ value }) => value),
  );
  const rows: EntitlementTable[] = [];
  const changes: Change[] = [];
  const parents: ParentsOfChild[] = [];
  for (const [index, truth] of truths.entries()) {
    const former = tombstones.get(truth.value)?.row;
    const row =
      former === undefined
        ? newEntitlement(scope, truth, newIds[index] ?? '', now)
        : { ...withTruth(former, truth), modified: now, version: former.version + 1 };
    rows.push(row);
    parents.push({ childId: row.id, values: truth.parents });
    changes.push({
      objectType: 'ENTITLEMENT',
      objectId: row.id,
      kind: former === undefined ? 'created' : 'restored',
      before: null,
      after:
        former === undefined ? { ...scope, ...truthState(row, truth.parents) } : entitlementState(row, truth.parents),
    });
  }
  await transaction.insertRows('entitlement', rows);
  await insertParents(transaction, scope, parents);
  await insertAssignments(transaction, rows);
  await recordChanges(transaction, origin, now, changes);
  return { restored: tombstones.size };
}

/**
 * Updates existing entitlements with their current data from the source. Governance data is kept.
 * @returns the number of changed entitlements
 */
export async function updateEntitlements(
  transaction: Transaction,
  scope: AggregationScope,
  truths: readonly { readonly id: string; readonly truth: SourceTruth }[],
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const rows = await lockEntitlements(
    transaction,
    truths.map(({ id }) => id),
  );
  const parents = await parentsOf(transaction, [...rows.keys()]);
  const changes: Change[] = [];
  const updated: (Partial<EntitlementTable> & { readonly id: string })[] = [];
  const renamed: EntitlementTable[] = [];
  for (const { id, truth } of truths) {
    const row = rows.get(id);
    if (row === undefined) {
      continue;
    }
    const next = withTruth(row, truth);
    const changed = difference(truthState(row, parents.get(id) ?? []), truthState(next, truth.parents));
    if (changed !== undefined) {
      changes.push({ objectType: 'ENTITLEMENT', objectId: id, kind: 'updated', ...changed });
    }
    if (next.has_segments === 1 && next.name_folded !== row.name_folded) {
      renamed.push(next);
    }
    updated.push({
      id,
      fingerprint: next.fingerprint,
      source_display_name: next.source_display_name,
      source_description: next.source_description,
      source_privilege: next.source_privilege,
      attributes: next.attributes,
      permissions: next.permissions,
      has_parents: next.has_parents,
      is_listed: next.is_listed,
      name_folded: next.name_folded,
      modified: changed === undefined ? row.modified : now,
      version: changed === undefined ? row.version : row.version + 1,
    });
  }
  await updateRows(transaction, 'entitlement', updated);
  await renameAssignments(transaction, renamed);
  await deleteParents(
    transaction,
    truths.map(({ id }) => id),
  );
  await insertParents(
    transaction,
    scope,
    truths.map(({ id, truth }) => ({ childId: id, values: truth.parents })),
  );
  await recordChanges(transaction, origin, now, changes);
  return changes.length;
}

/** Deletes entitlements and writes tombstones with their governance data. Returns the number of deleted ones. */
export async function deleteEntitlements(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const rows = await lockEntitlements(transaction, ids);
  const parents = await parentsOf(transaction, [...rows.keys()]);
  const deleted = [...rows.values()];
  if (deleted.length === 0) {
    return 0;
  }
  await insertTombstones(transaction, deleted, parents, origin.taskId, now);
  await deleteParents(transaction, [...rows.keys()]);
  const tagged = deleted.filter(({ tags }) => tags !== null);
  if (tagged.length > 0) {
    await removeAllTags(
      transaction,
      'ENTITLEMENT',
      tagged.map(({ id }) => id),
    );
  }
  await deleteAssignments(
    transaction,
    deleted.filter((row) => row.has_segments === 1).map(({ id }) => id),
  );
  await transaction.query
    .deleteFrom('entitlement')
    .where('id', 'in', [...rows.keys()])
    .execute();
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
  return deleted.length;
}

/** Returns the rows of entitlements by id, and locks them until the transaction ends. */
export async function lockEntitlements(
  transaction: Transaction,
  ids: readonly string[],
): Promise<Map<string, EntitlementTable>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await transaction.query
    .selectFrom('entitlement')
    .selectAll()
    .where('id', 'in', ids)
    // The same order in every transaction prevents deadlocks.
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Returns the parent values of entitlements, by entitlement id, without entitlements that have none. */
async function parentsOf(transaction: Transaction, ids: readonly string[]): Promise<Map<string, string[]>> {
  const parents = new Map<string, string[]>();
  if (ids.length === 0) {
    return parents;
  }
  const rows = await transaction.query
    .selectFrom('entitlement_parent')
    .select(['child_id', 'parent_value'])
    .where('child_id', 'in', ids)
    .execute();
  for (const row of rows) {
    parents.set(row.child_id, [...(parents.get(row.child_id) ?? []), row.parent_value]);
  }
  return parents;
}

async function deleteParents(transaction: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) {
    await transaction.query.deleteFrom('entitlement_parent').where('child_id', 'in', ids).execute();
  }
}

/** The parent values of one entitlement. */
export interface ParentsOfChild {
  readonly childId: string;
  readonly values: readonly string[];
}

/** Inserts the parents of entitlements that have none yet. */
export async function insertParents(
  transaction: Transaction,
  scope: AggregationScope,
  children: readonly ParentsOfChild[],
): Promise<void> {
  await transaction.insertRows(
    'entitlement_parent',
    children.flatMap(({ childId, values }) =>
      values.map((value) => ({
        child_id: childId,
        source_id: scope.sourceId,
        type: scope.type,
        parent_value: value,
      })),
    ),
  );
}
