import { packId, unpackId } from '../changes/packed-id.ts';
import type { Session } from '../database.ts';
import { entitlementState, parsedTombstone } from '../entitlements/entitlement-record.ts';

/** What access items refer to by id or key: sources, account attributes and entitlements, which may be deleted. */

/** An entitlement by its key. */
export interface EntitlementKey {
  readonly sourceId: string;
  readonly type: string;
  readonly value: string;
}

/** A current entitlement, or a deleted one with its last state. */
export interface FoundEntitlement extends EntitlementKey {
  readonly id: string;
  /** The state in the form of the change record. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** The number of values per query. */
const valuesPerQuery = 500;

/** Returns the entitlements with these values of one source and type, in no particular order. */
export async function findEntitlementsByKey(
  { query }: Session,
  sourceId: string,
  type: string,
  values: readonly string[],
): Promise<FoundEntitlement[]> {
  const found: FoundEntitlement[] = [];
  for (let start = 0; start < values.length; start += valuesPerQuery) {
    const piece = values.slice(start, start + valuesPerQuery);
    const rows = await query
      .selectFrom('entitlement')
      .selectAll()
      .where('source_id', '=', sourceId)
      .where('type', '=', type)
      .where('value', 'in', piece)
      .execute();
    const stones = await query
      .selectFrom('entitlement_tombstone')
      .select(['id', 'value', 'entitlement'])
      .where('source_id', '=', sourceId)
      .where('type', '=', type)
      .where('value', 'in', piece)
      .execute();
    found.push(
      ...stones.map((stone) => ({
        id: stone.id,
        sourceId,
        type,
        value: stone.value,
        state: entitlementState(parsedTombstone(stone.entitlement).row, []),
      })),
      ...rows.map((row) => ({ id: row.id, sourceId, type, value: row.value, state: entitlementState(row, []) })),
    );
  }
  return found;
}

/** Returns the names of sources by id. A deleted source has its last name, if its deletion is recorded. */
export async function findSourceNames({ query }: Session, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (ids.length === 0) {
    return names;
  }
  const rows = await query.selectFrom('source').select(['id', 'name']).where('id', 'in', ids).execute();
  for (const { id, name } of rows) {
    names.set(id, name);
  }
  const missing = ids.filter((id) => !names.has(id));
  if (missing.length > 0) {
    const deletions = await query
      .selectFrom('change')
      .select(['object_id', 'before'])
      .where('object_type', '=', 'SOURCE')
      .where('kind', '=', 'deleted')
      .where('object_id', 'in', missing.map(packId))
      .execute();
    for (const { object_id: id, before } of deletions) {
      const { name } = JSON.parse(before ?? '{}') as { name?: unknown };
      if (typeof name === 'string') {
        names.set(unpackId(id), name);
      }
    }
  }
  return names;
}

/** Returns the account attributes that hold entitlements: by source id and then type. */
export async function findAccountAttributes(
  { query }: Session,
  sourceIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const attributes = new Map<string, Map<string, string>>();
  if (sourceIds.length === 0) {
    return attributes;
  }
  const rows = await query
    .selectFrom('source_schema')
    .select(['source_id', 'name', 'account_attribute'])
    .where('source_id', 'in', sourceIds)
    .execute();
  for (const { source_id: sourceId, name, account_attribute: attribute } of rows) {
    if (attribute !== null) {
      const ofSource = attributes.get(sourceId) ?? new Map<string, string>();
      attributes.set(sourceId, ofSource.set(name, attribute));
    }
  }
  return attributes;
}
