import type { Transaction } from '../database.ts';
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

/** Deletes the tombstones of entitlements that are restored, and returns them by value. */
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
  return new Map(
    rows.map(({ value, entitlement }) => {
      // Older tombstones have no parents, or lack columns that were added later.
      const { parents = [], ...row } = JSON.parse(entitlement) as EntitlementTable & { parents?: string[] };
      return [value, { row: { ...row, request_config: row.request_config ?? null }, parents }];
    }),
  );
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
