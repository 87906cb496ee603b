import { sql } from 'kysely';
import type { Session, Transaction } from '../database.ts';
import { pieces, updateRows, valuesOf } from '../query/update-rows.ts';
import type { EntitlementTable } from '../tables.ts';

/**
 * The assignments of entitlements to segments, one row each, with the name of the entitlement, so that the entitlements of
 * a segment can be read in the order of their names. They repeat the column `segments` of `entitlement` as far as the
 * segments exist, and are written in the same transaction.
 */

/** The ids of segments per query. */
const idsPerQuery = 1000;

/** The columns from which assignments are derived. */
type SegmentsOfEntitlement = Pick<EntitlementTable, 'id' | 'name_folded' | 'segments'>;

/** Returns those of these ids that segments have. None of these segments can be deleted until the transaction ends. */
export async function findReferencedSegments(transaction: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const wanted = [...new Set(ids)].toSorted();
  const found = new Set<string>();
  for (let start = 0; start < wanted.length; start += idsPerQuery) {
    const rows = await transaction.query
      .selectFrom('segment')
      .select('id')
      .where('id', 'in', wanted.slice(start, start + idsPerQuery))
      .orderBy('id')
      .$if(transaction.dialect.locksRows, (select) => select.forKeyShare())
      .execute();
    for (const { id } of rows) {
      found.add(id);
    }
  }
  return found;
}

/** Inserts the assignments of new entitlements. Returns the ids of those that have any. */
export async function insertAssignments(
  transaction: Transaction,
  entitlements: readonly SegmentsOfEntitlement[],
): Promise<Set<string>> {
  const assigned = entitlements
    .filter(({ segments }) => segments !== null)
    .map(({ segments, ...entitlement }) => ({ ...entitlement, segments: segmentIds(segments) }));
  const known = await findReferencedSegments(
    transaction,
    assigned.flatMap(({ segments }) => segments),
  );
  const rows = assigned.flatMap(({ id, name_folded, segments }) =>
    segments
      .filter((segment) => known.has(segment))
      .map((segment) => ({ entitlement_id: id, segment_id: segment, name_folded })),
  );
  await transaction.insertRows('entitlement_segment', rows);
  return new Set(rows.map((row) => row.entitlement_id));
}

/** Replaces the assignments of entitlements. Returns the ids of those that have any then. */
export async function replaceAssignments(
  transaction: Transaction,
  entitlements: readonly SegmentsOfEntitlement[],
): Promise<Set<string>> {
  await deleteAssignments(
    transaction,
    entitlements.map(({ id }) => id),
  );
  return insertAssignments(transaction, entitlements);
}

/** Deletes the assignments of entitlements. */
export async function deleteAssignments(transaction: Transaction, entitlementIds: readonly string[]): Promise<void> {
  if (entitlementIds.length > 0) {
    await transaction.query.deleteFrom('entitlement_segment').where('entitlement_id', 'in', entitlementIds).execute();
  }
}

/** Updates the names in the assignments of entitlements. */
export async function renameAssignments(
  transaction: Transaction,
  entitlements: readonly Pick<EntitlementTable, 'id' | 'name_folded'>[],
): Promise<void> {
  for (const piece of pieces(entitlements, 2)) {
    const values = valuesOf(piece.map(({ id, name_folded }) => [id, name_folded]));
    await sql`
      with renamed (id, name_folded) as (${values})
      update entitlement_segment set name_folded = renamed.name_folded
      from renamed where entitlement_segment.entitlement_id = renamed.id`.execute(transaction.query);
  }
}

/** Returns the ids of up to `limit` entitlements of a segment after `afterId`, sorted. */
export async function entitlementsOfSegment(
  session: Session,
  segmentId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await session.query
    .selectFrom('entitlement_segment')
    .select('entitlement_id as id')
    .where('segment_id', '=', segmentId)
    .where('entitlement_id', '>', afterId)
    .orderBy('entitlement_id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** New segments of a locked entitlement. */
export interface NewSegments {
  readonly row: EntitlementTable;
  /** Null for none. */
  readonly segments: readonly string[] | null;
}

/** Sets the segments of locked entitlements, and increments the versions of the entitlements. */
export async function updateSegments(
  transaction: Transaction,
  changes: readonly NewSegments[],
  now: number,
): Promise<void> {
  const changed = changes.map(({ row, segments }) => ({
    id: row.id,
    name_folded: row.name_folded,
    segments: segments === null ? null : JSON.stringify(segments),
    version: row.version + 1,
  }));
  const assigned = await replaceAssignments(transaction, changed);
  await updateRows(
    transaction,
    'entitlement',
    changed.map(({ id, segments, version }) => ({
      id,
      segments,
      has_segments: assigned.has(id) ? 1 : 0,
      modified: now,
      version,
    })),
  );
}

/** Returns the segments of an entitlement from its column. */
export function segmentIds(segments: string | null): string[] {
  return segments === null ? [] : (JSON.parse(segments) as string[]);
}
