import type { Condition, ListQuery, Sort } from '../../list-query.ts';
import { countChanges, findChanges, type RecordedChange } from '../../storage/changes/change-lists.ts';
import type { Database } from '../../storage/database.ts';

export type { RecordedChange } from '../../storage/changes/change-lists.ts';
export { changedObjects, changeKinds } from '../../storage/changes/changes.ts';

/** One page of changes, and the number of all hits where it was asked for. */
export interface ChangePage {
  readonly changes: readonly RecordedChange[];
  readonly total: number | undefined;
}

/** A list of changes of everything, the newest first unless sorted otherwise. */
export async function listChanges(database: Database, list: ListQuery): Promise<ChangePage> {
  const sorts = list.sorts.length > 0 ? list.sorts : newestFirst(list.condition);
  const [changes, total] = await Promise.all([
    list.limit === 0 ? [] : findChanges(database.scan, { ...list, sorts }),
    list.count ? countChanges(database.scan, list) : undefined,
  ]);
  return { changes, total };
}

/**
 * By time where the times are limited, so that the index that finds them gives their order as well; else by number.
 * The order is the same as long as no clock was put back.
 */
function newestFirst(condition: Condition | undefined): readonly Sort[] {
  const fields = limitsTime(condition) ? ['time', 'number'] : ['number'];
  return fields.map((name) => ({ field: name, descending: true }));
}

function limitsTime(condition: Condition | undefined): boolean {
  if (condition === undefined) {
    return false;
  }
  switch (condition.kind) {
    case 'not':
      return limitsTime(condition.condition);
    case 'test':
      return condition.field === 'time';
    default:
      return condition.conditions.some(limitsTime);
  }
}
