import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Condition, ListQuery } from '../../list-query.ts';
import { type Columns, compileCondition, namesOnly } from '../query/condition.ts';
import type { Reads } from '../database.ts';
import { entitlementColumns, type EntitlementRow } from './entitlements.ts';
import { countWithinSegments, mergedPage, type SegmentScope, withinSegments } from './segment-lists.ts';
import { orderBy } from '../query/order.ts';
import { matching, page, rowOf } from '../query/page.ts';

/**
 * The entitlements that a list covers: all, those of segments, those of an account, those of all accounts of an identity,
 * or the parents or children of an entitlement.
 */
export type EntitlementScope =
  | { readonly of: 'all' }
  | SegmentScope
  | { readonly of: 'account'; readonly accountId: string }
  | { readonly of: 'identity'; readonly identityId: string }
  | {
      readonly of: 'parents' | 'children';
      readonly entitlement: Pick<EntitlementRow, 'id' | 'sourceId' | 'type' | 'value'>;
    };

/** The columns of filters and sorters, by their names in the contract (A.1). */
export const listColumns: Columns = {
  id: { expression: sql.ref('entitlement.id'), type: 'id', nullable: false },
  name: { expression: sql.ref('entitlement.name_folded'), type: 'text', nullable: false },
  type: { expression: sql.ref('entitlement.type_folded'), type: 'text', nullable: false },
  attribute: {
    expression: sql`(select account_attribute_folded from source_schema where source_schema.source_id = entitlement.source_id and source_schema.name = entitlement.type)`,
    type: 'text',
    nullable: true,
    lookup: {
      expression: sql.ref('account_attribute_folded'),
      among: (test) =>
        sql`(entitlement.source_id, entitlement.type) in (select source_id, name from source_schema where ${test})`,
    },
  },
  value: { expression: sql.ref('entitlement.value_folded'), type: 'text', nullable: false },
  'source.id': { expression: sql.ref('entitlement.source_id'), type: 'id', nullable: false },
  requestable: { expression: sql.ref('entitlement.requestable'), type: 'boolean', nullable: false },
  created: { expression: sql.ref('entitlement.created'), type: 'time', nullable: false },
  modified: { expression: sql.ref('entitlement.modified'), type: 'time', nullable: false },
  'owner.id': { expression: sql.ref('entitlement.owner_id'), type: 'id', nullable: true },
  tags: {
    expression: sql.ref('object_tag.tag'),
    type: 'code',
    nullable: true,
    lookup: {
      expression: sql.ref('object_tag.tag'),
      among: (test) =>
        sql`entitlement.id in (select object_id from object_tag where object_type = 'ENTITLEMENT' and ${test})`,
    },
  },
  'privilegeLevel.direct': {
    // The expression of the index, which excludes the many entitlements without a privilege.
    expression: sql`nullif(lower(coalesce(entitlement.privilege_override, entitlement.source_privilege)), 'none')`,
    type: 'text',
    nullable: true,
    nullIs: 'none',
  },
};

/**
 * Returns one page of entitlements. A subquery selects the page first, from an index alone if possible, so that only
 * its rows are read completely, even for deep pages. A cross join makes SQLite keep that order.
 */
export async function findEntitlements(
  reads: Reads,
  scope: EntitlementScope,
  list: ListQuery,
): Promise<EntitlementRow[]> {
  const merged = scope.of === 'segments' ? await mergedPage(reads, scope, list) : undefined;
  if (merged !== undefined) {
    return reads.scan.query
      .selectFrom(merged.as('hit'))
      .crossJoin('entitlement')
      .whereRef('entitlement.id', '=', 'hit.id')
      .select(entitlementColumns)
      .orderBy(orderBy(list.sorts, listColumns))
      .execute();
  }
  const row = rowOf(reads, 'entitlement');
  const found = page(
    reads.scan.query
      .selectFrom('entitlement')
      .select(row.as('row'))
      .where(await within(reads, scope)),
    list,
    listColumns,
  );
  return reads.scan.query
    .selectFrom(found.as('hit'))
    .crossJoin('entitlement')
    .where(row, '=', sql.ref<string>('hit.row'))
    .select(entitlementColumns)
    .orderBy(orderBy(list.sorts, listColumns))
    .execute();
}

/** Returns the ids of up to `limit` entitlements that match a condition and follow the id `after`, sorted. */
export async function findEntitlementIds(
  { scan }: Reads,
  condition: Condition,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await scan.query
    .selectFrom('entitlement')
    .select('entitlement.id')
    .where(compileCondition(condition, listColumns))
    .where('entitlement.id', '>', after)
    .orderBy('entitlement.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The fields of conditions for which the counters of sources suffice. */
const countedBy: Columns = {
  'source.id': { expression: sql.ref('entitlement_count.source_id'), type: 'id', nullable: false },
};

/** Returns the number of entitlements that match the condition of a list; from counters if it tests the source only. */
export async function countEntitlements(reads: Reads, scope: EntitlementScope, list: ListQuery): Promise<number> {
  if (scope.of === 'all' && namesOnly(list.condition, countedBy)) {
    const summed = reads.keyed.query
      .selectFrom('entitlement_count')
      .select((expression) => expression.fn.sum<number | null>('number').as('count'));
    return Number((await matching(summed, list, countedBy).executeTakeFirstOrThrow()).count ?? 0);
  }
  if (scope.of === 'segments' && list.condition === undefined) {
    return countWithinSegments(reads, scope);
  }
  const counted = reads.scan.query
    .selectFrom('entitlement')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where(await within(reads, scope));
  return Number((await matching(counted, list, listColumns).executeTakeFirstOrThrow()).count);
}

async function within(reads: Reads, scope: EntitlementScope): Promise<RawBuilder<SqlBool>> {
  switch (scope.of) {
    case 'all':
      return sql`1 = 1`;
    case 'segments':
      return withinSegments(reads, scope);
    case 'account':
      return sql`entitlement.id in (
        select entitlement_id from account_entitlement where account_id = ${scope.accountId})`;
    case 'identity':
      return sql`entitlement.id in (
        select account_entitlement.entitlement_id from account
        join account_entitlement on account_entitlement.account_id = account.id
        where account.identity_id = ${scope.identityId})`;
    case 'parents':
      return sql`(entitlement.source_id, entitlement.type, entitlement.value) in (
        select source_id, type, parent_value from entitlement_parent where child_id = ${scope.entitlement.id})`;
    case 'children': {
      const { sourceId, type, value } = scope.entitlement;
      return sql`entitlement.id in (
        select child_id from entitlement_parent
        where source_id = ${sourceId} and type = ${type} and parent_value = ${value})`;
    }
  }
}
