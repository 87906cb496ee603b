import { sql } from 'kysely';
import { insertParents, lockEntitlements } from './entitlement-aggregation.ts';
import { insertAssignments } from './entitlement-segments.ts';
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
 * Entitlements that accounts hold but that the last complete entitlement file does not list. An entitlement exists as
 * long as it is listed or held, so the order in which files arrive does not matter.
 */

/** The number of values per query. */
const valuesPerQuery = 1000;

/** Returns the ids of the entitlements with these values that exist, by value. */
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
 * Creates entitlements that only accounts refer to. A deleted entitlement is restored unchanged from its tombstone; a
 * new one has only its value.
 * @param created the values, each with an id for an entitlement without a tombstone
 * @returns the ids by value
 */
export async function createUnlistedEntitlements(
  transaction: Transaction,
  scope: AggregationScope,
  created: readonly { readonly value: string; readonly id: string }[],
  origin: ChangeOrigin,
  now: number,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let start = 0; start < created.length; start += valuesPerQuery) {
    const chunk = created.slice(start, start + valuesPerQuery);
    const values = chunk.map(({ value }) => value);
    const tombstones = await takeTombstones(transaction, scope, values);
    const rows = chunk.map(({ value, id }) => {
      const former = tombstones.get(value)?.row;
      return former === undefined
        ? { ...newEntitlement(scope, bareTruth(value), id, now), is_listed: 0 as const }
        : { ...former, is_listed: 0 as const, modified: now, version: former.version + 1 };
    });
    await transaction.insertRows('entitlement', rows);
    await insertAssignments(transaction, rows);
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

/** Returns the data of an unlisted entitlement. It has no fingerprint, so that a file that lists it updates it. */
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

/** Marks entitlements as unlisted, because the last complete file does not contain them. Their data is kept. */
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

/** Returns the ids of up to `limit` entitlements of a source that are neither listed nor held. */
export async function orphanedEntitlements(session: Session, sourceId: string, limit: number): Promise<string[]> {
  const rows = await orphaned(session).where('source_id', '=', sourceId).limit(limit).execute();
  return rows.map(({ id }) => id);
}

/** Returns which of these entitlements are neither listed nor held. */
export async function orphanedAmong(session: Session, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let start = 0; start < ids.length; start += valuesPerQuery) {
    const rows = await orphaned(session)
      .where('id', 'in', ids.slice(start, start + valuesPerQuery))
      .execute();
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

function orphaned({ query }: Session) {
  return (
    query
      .selectFrom('entitlement')
      .select('id')
      // A literal instead of a parameter, so that SQLite uses the partial index.
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
  );
}
