import type { Condition, ListQuery, Sort } from '../../list-query.ts';
import { countChanges, findChanges, type RecordedChange } from '../../storage/changes/change-lists.ts';
import { settledChange } from '../../storage/changes/settled-changes.ts';
import type { Database } from '../../storage/database.ts';

export type { RecordedChange } from '../../storage/changes/change-lists.ts';
export { changedObjects, changeKinds } from '../../storage/changes/changes.ts';

/** One page of changes, and the number of all hits where it was asked for. */
export interface ChangePage {
  readonly changes: readonly RecordedChange[];
  readonly total: number | undefined;
}

/**
 * A list of changes of everything, the newest first unless sorted otherwise. One that readers may go on from by number
 * ends before the first change whose number can still be joined by a smaller one, so that they miss none.
 */
export async function listChanges(database: Database, list: ListQuery): Promise<ChangePage> {
  const sorts = list.sorts.length > 0 ? list.sorts : newestFirst(list.condition);
  const condition = followsNumbers(list) ? await settled(database, list.condition) : list.condition;
  const asked = { ...list, condition, sorts };
  const [changes, total] = await Promise.all([
    list.limit === 0 ? [] : findChanges(database.scan, asked),
    list.count ? countChanges(database.scan, asked) : undefined,
  ]);
  return { changes, total };
}

function followsNumbers({ sorts: [first], condition }: ListQuery): boolean {
  return (first?.field === 'number' && !first.descending) || tests(condition, 'number');
}

async function settled(database: Database, condition: Condition | undefined): Promise<Condition | undefined> {
  const last = await settledChange(database.scan);
  if (last === undefined) {
    return condition;
  }
  const isSettled = { kind: 'test', field: 'number', operator: 'le', values: [last] } as const;
  return condition === undefined ? isSettled : { kind: 'and', conditions: [condition, isSettled] };
}

/**
 * By time where the times are limited, so that the index that finds them gives their order as well; else by number.
 * The order is the same as long as no clock was put back.
 */
function newestFirst(condition: Condition | undefined): readonly Sort[] {
  const fields = tests(condition, 'time') ? ['time', 'number'] : ['number'];
  return fields.map((name) => ({ field: name, descending: true }));
}

/** Whether a filter tests a field. */
function tests(condition: Condition | undefined, field: string): boolean {
  if (condition === undefined) {
    return false;
  }
  switch (condition.kind) {
    case 'not':
      return tests(condition.condition, field);
    case 'test':
      return condition.field === field;
    default:
      return condition.conditions.some((inner) => tests(inner, field));
  }
}
