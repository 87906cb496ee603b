import type { Condition } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { countEntitlements, findEntitlementIds } from '../../storage/entitlements/entitlement-lists.ts';

/** The entitlements that a bulk change concerns: those with these ids, or those that match a filter. */
export type BulkSelection = { readonly entitlements: readonly string[] } | { readonly condition: Condition };

/** Returns the number of selected entitlements; ids of unknown ones count, too. */
export async function numberOf(database: Database, selection: BulkSelection): Promise<number> {
  if ('entitlements' in selection) {
    return new Set(selection.entitlements).size;
  }
  const { condition } = selection;
  const list = { condition, sorts: [], offset: 0, limit: 0, after: undefined, count: true };
  return countEntitlements(database, { of: 'all' }, list);
}

/** Returns up to `limit` selected ids that follow the id `after`, sorted, each once. */
export async function selectedIds(
  database: Database,
  selection: BulkSelection,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  return 'entitlements' in selection
    ? [...new Set(selection.entitlements)]
        .filter((id) => id > after)
        .toSorted()
        .slice(0, limit)
    : findEntitlementIds(database, selection.condition, after, limit);
}
