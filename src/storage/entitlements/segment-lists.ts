import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Reads } from '../database.ts';
import { allOf, anyOf, type Columns } from '../query/condition.ts';
import { after, closeOrder, orderBy } from '../query/order.ts';

/** The entitlements of segments, whether these are active or not. */
export interface SegmentScope {
  readonly of: 'segments';
  readonly segments: readonly string[];
  /** Whether entitlements without an active segment belong to the list, too. */
  readonly unsegmented: boolean;
}

/** The most lists that are merged for a page; each costs a search in an index. */
const mostMerged = 100;

/** With up to this number of assignments, the entitlements of segments are read and sorted, however they are filtered. */
const fewAssignments = 10_000;

function isAssignedTo(segmentId: string): RawBuilder<SqlBool> {
  return sql`entitlement_segment.segment_id = ${segmentId}`;
}

/** The entitlement of a row of `entitlement_segment` has an active segment. */
const hasActiveSegment = sql<SqlBool>`exists (
  select 1 from entitlement_segment as other cross join segment
  where other.entitlement_id = entitlement_segment.entitlement_id and segment.id = other.segment_id
    and segment.active = 1)`;

/**
 * Returns the ids of one page, as a table for FROM: the page is merged from the entitlements of each segment, which an
 * index has in this order, so that a small part of a large catalogue is found as quickly as the whole. Returns undefined
 * if that is not possible: the list has a condition or another order, or there are too many segments.
 */
export async function mergedPage(
  reads: Reads,
  scope: SegmentScope,
  list: ListQuery,
): Promise<RawBuilder<{ id: string }> | undefined> {
  const order = closeOrder(list.sorts).map(({ field }) => field);
  const isByName = order.join() === 'name,id';
  if (list.condition !== undefined || (!isByName && order.join() !== 'id')) {
    return undefined;
  }
  const inactive = scope.unsegmented ? await inactiveSegments(reads, scope.segments) : [];
  const parts = [
    ...scope.segments.map((id) => partOf(ofSegments, isAssignedTo(id), list, isByName)),
    ...inactive.map((id) => partOf(ofSegments, sql`${isAssignedTo(id)} and not ${hasActiveSegment}`, list, isByName)),
    ...(scope.unsegmented ? [partOf(ofCatalogue, isByName ? isUnsegmented : hasNoSegment, list, isByName)] : []),
  ];
  return parts.length === 0 || parts.length > mostMerged ? undefined : merged(reads, parts, list);
}

/** A table with the ids and names of entitlements. */
interface Part {
  readonly table: RawBuilder<unknown>;
  readonly columns: Columns;
}

function part(table: string, id: string): Part {
  return {
    table: sql.table(table),
    columns: {
      id: { expression: sql.ref(`${table}.${id}`), type: 'id', nullable: false },
      name: { expression: sql.ref(`${table}.name_folded`), type: 'text', nullable: false },
    },
  };
}

const ofSegments = part('entitlement_segment', 'entitlement_id');
const ofCatalogue = part('entitlement', 'id');
/** The index of the names has this flag, too: entitlements with segments are skipped without reading them. */
const isUnsegmented = sql<SqlBool>`entitlement.has_segments = 0`;
/** The same for the order of the ids, whose index does not have the flag. */
const hasNoSegment = sql<SqlBool>`not exists (
  select 1 from entitlement_segment where entitlement_segment.entitlement_id = entitlement.id)`;

/** The columns of all parts. */
const merging: Columns = {
  id: { expression: sql.ref('id'), type: 'id', nullable: false },
  name: { expression: sql.ref('name_folded'), type: 'text', nullable: false },
};

function partOf(
  { table, columns }: Part,
  condition: RawBuilder<SqlBool>,
  list: ListQuery,
  isByName: boolean,
): { rows: RawBuilder<unknown>; order: RawBuilder<unknown> } {
  const [id, name] = [columns['id']?.expression, columns['name']?.expression];
  const shown = isByName ? sql`${name} as name_folded, ${id} as id` : sql`${id} as id`;
  const conditions = list.after === undefined ? [condition] : [condition, after(list.sorts, list.after, columns)];
  return {
    rows: sql`select ${shown} from ${table} where ${allOf(conditions)}`,
    order: orderBy(list.sorts, columns),
  };
}

/** An entitlement is in several parts if it has several of the segments. */
function merged(
  { dialect }: Reads,
  parts: readonly { rows: RawBuilder<unknown>; order: RawBuilder<unknown> }[],
  list: ListQuery,
): RawBuilder<{ id: string }> {
  const page = sql`order by ${orderBy(list.sorts, merging)} limit ${list.limit} offset ${list.offset}`;
  if (dialect.mergesUnions) {
    const rows = parts.map((one) => one.rows);
    return sql`(${sql.join(rows, sql` union `)} ${page})`;
  }
  const rows = parts.map(
    (one) => sql`(${one.rows} order by ${one.order} limit cast(${list.offset + list.limit} as bigint))`,
  );
  return sql`(select distinct * from (${sql.join(rows, sql` union all `)}) as part ${page})`;
}

/** Returns the inactive segments with entitlements, except for these. */
async function inactiveSegments(reads: Reads, except: readonly string[]): Promise<string[]> {
  const rows = await reads.scan.query
    .selectFrom('segment')
    .select('id')
    .where('active', '=', 0)
    .where((where) =>
      where.exists(
        where
          .selectFrom('entitlement_segment')
          .select('segment_id')
          .whereRef('entitlement_segment.segment_id', '=', 'segment.id'),
      ),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id).filter((id) => !except.includes(id));
}

/** Returns the condition for the entitlements of a scope. */
export async function withinSegments(
  reads: Reads,
  { segments, unsegmented }: SegmentScope,
): Promise<RawBuilder<SqlBool>> {
  if (!unsegmented && (await hasFewAssignments(reads, segments))) {
    return sql`entitlement.id in (
      select entitlement_segment.entitlement_id from entitlement_segment where ${isOf(segments)})`;
  }
  const isAssigned = sql<SqlBool>`exists (
    select 1 from entitlement_segment
    where entitlement_segment.entitlement_id = entitlement.id and ${isOf(segments)})`;
  const isWithout = sql<SqlBool>`not exists (
    select 1 from entitlement_segment cross join segment
    where entitlement_segment.entitlement_id = entitlement.id and segment.id = entitlement_segment.segment_id
      and segment.active = 1)`;
  return unsegmented ? anyOf([isWithout, isAssigned]) : isAssigned;
}

async function hasFewAssignments(reads: Reads, segments: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ number: number }>`
    select count(*) as number from (
      select 1 from entitlement_segment where ${isOf(segments)} limit ${fewAssignments + 1}) as found`.execute(
    reads.scan.query,
  );
  return Number(rows[0]?.number) <= fewAssignments;
}

/** Returns the number of entitlements of a scope: it counts assignments, not the whole catalogue. */
export async function countWithinSegments(reads: Reads, scope: SegmentScope): Promise<number> {
  const { rows } = await (
    scope.unsegmented
      ? sql<{ number: number }>`
      select (select coalesce(sum(number), 0) from entitlement_count) - count(distinct entitlement_id) as number
      from entitlement_segment
      where segment_id in (select id from segment where active = 1) and not exists (
        select 1 from entitlement_segment as visible
        where visible.entitlement_id = entitlement_segment.entitlement_id and ${isOf(scope.segments, 'visible')})`
      : sql<{ number: number }>`
      select count(distinct entitlement_id) as number from entitlement_segment where ${isOf(scope.segments)}`
  ).execute(reads.scan.query);
  return Number(rows[0]?.number);
}

function isOf(segments: readonly string[], table = 'entitlement_segment'): RawBuilder<SqlBool> {
  return segments.length === 0 ? sql`1 = 0` : sql`${sql.ref(`${table}.segment_id`)} in (${sql.join(segments)})`;
}
