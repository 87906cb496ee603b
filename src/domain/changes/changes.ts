import { type Condition, type ListQuery, narrowed, type Sort } from '../../list-query.ts';
import { countChanges, findChanges, type RecordedChange } from '../../storage/changes/change-lists.ts';
import { settledChange } from '../../storage/changes/settled-changes.ts';
import type { Database } from '../../storage/database.ts';

export type { RecordedChange } from '../../storage/changes/change-lists.ts';
export { changedObjects, changeKinds } from '../../storage/changes/changes.ts';

/** One page of changes, and the number of all matches if it was requested. */
export interface ChangePage {
  readonly changes: readonly RecordedChange[];
  readonly total: number | undefined;
}

/**
 * Lists changes of all objects, newest first unless sorted otherwise. A list that can be continued by number ends before
 * the first change below which another change can still appear, so that readers miss none.
 */
export async function listChanges(database: Database, list: ListQuery): Promise<ChangePage> {
  const sorts = list.sorts.length > 0 ? list.sorts : newestFirst(list.condition);
  const asked = { ...(followsNumbers(list) ? await settled(database, list) : list), sorts };
  const [changes, total] = await Promise.all([
    list.limit === 0 ? [] : findChanges(database.scan, asked),
    list.count ? countChanges(database.scan, asked) : undefined,
  ]);
  return { changes, total };
}

function followsNumbers({ sorts: [first], condition }: ListQuery): boolean {
  return (first?.field === 'number' && !first.descending) || tests(condition, 'number');
}

async function settled(database: Database, list: ListQuery): Promise<ListQuery> {
  const last = await settledChange(database.scan);
  if (last === undefined) {
    return list;
  }
  return narrowed(list, { kind: 'test', field: 'number', operator: 'le', values: [last] });
}

/**
 * By time if the filter limits the time, so that the index that finds the changes also gives their order; otherwise by
 * number. Both orders are the same unless the clock was set back.
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
