import { sql } from 'kysely';
import { insertParents, lockEntitlements } from './entitlement-aggregation.ts';
import { type Change, type ChangeOrigin, recordChanges } from '../changes/changes.ts';
import type { Session, Transaction } from '../database.ts';
import {
  type AggregationScope,
  entitlementState,
  newEntitlement,
  type SourceTruth,
  truthState,
} from './entitlement-record.ts';
import { takeTombstones } from './entitlement-tombstones.ts';

/**
 * Entitlements that accounts hold and the last complete file of entitlements does not list. An entitlement exists
 * while it is listed or held, so the order in which files arrive does not matter.
 */

/** How many values one statement looks up. */
const valuesPerQuery = 1000;

/** The ids of those entitlements that are there, by their values. */
export async function entitlementIdsByValue(
  session: Session,
  scope: AggregationScope,
  values: readonly string[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let start = 0; start < values.length; start += valuesPerQuery) {
    const rows = await session.query
      .selectFrom('entitlement')
      .select(['id', 'value'])
      .where('source_id', '=', scope.sourceId)
      .where('type', '=', scope.type)
      .where('value', 'in', values.slice(start, start + valuesPerQuery))
      .execute();
    for (const { id, value } of rows) {
      ids.set(value, id);
    }
  }
  return ids;
}

/**
 * Brings entitlements into the catalogue of which only accounts tell. One that was there before returns from its
 * tombstone as it was; of a new one nothing is known but its value.
 * @param news an id for each value, used where there is no tombstone
 * @returns the ids by value
 */
export async function createUnlistedEntitlements(
  transaction: Transaction,
  scope: AggregationScope,
  news: readonly { readonly value: string; readonly id: string }[],
  origin: ChangeOrigin,
  now: number,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let start = 0; start < news.length; start += valuesPerQuery) {
    const chunk = news.slice(start, start + valuesPerQuery);
    const values = chunk.map(({ value }) => value);
    const tombstones = await takeTombstones(transaction, scope, values);
    const rows = chunk.map(({ value, id }) => {
      const former = tombstones.get(value)?.row;
      return former === undefined
        ? { ...newEntitlement(scope, bareTruth(value), id, now), is_listed: 0 as const }
        : { ...former, is_listed: 0 as const, modified: now, version: former.version + 1 };
    });
    await transaction.insertRows('entitlement', rows);
    await insertParents(
      transaction,
      scope,
      rows.map(({ id, value }) => ({ childId: id, values: tombstones.get(value)?.parents ?? [] })),
    );
    await recordChanges(
      transaction,
      origin,
      now,
      rows.map((row): Change => {
        const former = tombstones.get(row.value);
        return {
          objectType: 'ENTITLEMENT',
          objectId: row.id,
          kind: former === undefined ? 'created' : 'restored',
          before: null,
          after: former === undefined ? { ...scope, ...truthState(row, []) } : entitlementState(row, former.parents),
        };
      }),
    );
    for (const { id, value } of rows) {
      ids.set(value, id);
    }
  }
  return ids;
}

/** What is known of an entitlement that only accounts name. Without a fingerprint, the first file that lists it updates it. */
function bareTruth(value: string): SourceTruth {
  return {
    value,
    displayName: null,
    description: null,
    privilege: null,
    attributes: '{}',
    permissions: null,
    parents: [],
    fingerprint: '',
  };
}

/** Notes that the last complete file does not list these entitlements. What they are stays. */
export async function unlistEntitlements(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<void> {
  const rows = await lockEntitlements(transaction, ids);
  const listed = [...rows.values()].filter((row) => row.is_listed === 1).map(({ id }) => id);
  if (listed.length === 0) {
    return;
  }
  await transaction.query
    .updateTable('entitlement')
    .set((set) => ({ is_listed: 0, modified: now, version: set('version', '+', 1) }))
    .where('id', 'in', listed)
    .execute();
  await recordChanges(
    transaction,
    origin,
    now,
    listed.map((id) => ({
      objectType: 'ENTITLEMENT',
      objectId: id,
      kind: 'updated',
      before: { isListed: true },
      after: { isListed: false },
    })),
  );
}

/** Up to `limit` entitlements of a source that are neither listed nor held: nothing says any more that they exist. */
export async function orphanedEntitlements(session: Session, sourceId: string, limit: number): Promise<string[]> {
  const rows = await session.query
    .selectFrom('entitlement')
    .select('id')
    .where('source_id', '=', sourceId)
    // Written out, not a parameter: only so does SQLite see that the partial index serves.
    .where(sql<boolean>`is_listed = 0`)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('account_entitlement')
            .select('account_id')
            .whereRef('account_entitlement.entitlement_id', '=', 'entitlement.id'),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
