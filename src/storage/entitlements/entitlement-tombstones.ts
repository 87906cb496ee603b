import type { Transaction } from '../database.ts';
import type { AggregationScope } from './entitlement-record.ts';
import type { EntitlementTable } from '../tables.ts';

/** A deleted entitlement as it was. */
export interface EntitlementTombstone {
  readonly row: EntitlementTable;
  /** The values of its parents. */
  readonly parents: readonly string[];
}

/** Keeps what entitlements are that are about to be deleted. */
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

/** Takes the tombstones of entitlements that return, by their values. */
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
      // Those of the first version have no parents.
      const { parents = [], ...row } = JSON.parse(entitlement) as EntitlementTable & { parents?: string[] };
      return [value, { row, parents }];
    }),
  );
}

/** Whether anything was ever deleted here: to look for a thousand values costs far more, and mostly nothing was. */
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
