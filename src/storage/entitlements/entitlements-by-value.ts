import type { Session } from '../database.ts';
import type { AggregationScope } from './entitlement-record.ts';

/** Returns the ids of those of these entitlements of a source and type that exist, by value. */
export async function findIdsByValue(
  { query }: Session,
  { sourceId, type }: AggregationScope,
  values: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (values.length === 0) {
    return new Map();
  }
  const rows = await query
    .selectFrom('entitlement')
    .select(['id', 'value'])
    .where('source_id', '=', sourceId)
    .where('type', '=', type)
    .where('value', 'in', values)
    .execute();
  return new Map(rows.map(({ id, value }) => [value, id]));
}
