import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Reads } from '../database.ts';
import { columnOf, parameterOf } from '../query/condition.ts';
import { orderBy } from '../query/order.ts';
import { matching, page } from '../query/page.ts';
import type { Tables } from '../tables.ts';
import { memberships } from './connection-joins.ts';
import { type ConnectionPlan, planOf } from './connection-plan.ts';
import { connectionColumns, type ConnectionRow } from './connections.ts';

type Memberships = SelectQueryBuilder<Tables, 'account_entitlement', object>;

/**
 * Returns one page of connections. A subquery selects the page first, from an index alone if possible, so that only its
 * rows are read completely.
 */
export async function findConnections({ scan }: Reads, list: ListQuery): Promise<ConnectionRow[]> {
  const plan = planOf(list);
  const sorted = plan.list.sorts.map(({ field }, index) => {
    const column = columnOf(plan.columns, field);
    return { name: `key_${index}`, field, column };
  });
  const hits = page(
    beginning(memberships(scan, plan.start, plan.joins), plan).select([
      'account_entitlement.account_id',
      'account_entitlement.entitlement_id',
      ...sorted.map(({ name, column }) => sql<unknown>`${column.expression}`.as(name)),
    ]),
    plan.list,
    plan.columns,
  );
  const keys = Object.fromEntries(
    sorted.map(({ name, field, column }) => [field, { ...column, expression: sql.ref(`hit.${name}`) }]),
  );
  return scan.query
    .selectFrom(hits.as('hit'))
    .crossJoin('account_entitlement')
    .whereRef('account_entitlement.account_id', '=', 'hit.account_id')
    .whereRef('account_entitlement.entitlement_id', '=', 'hit.entitlement_id')
    .crossJoin('account')
    .whereRef('account.id', '=', 'account_entitlement.account_id')
    .crossJoin('entitlement')
    .whereRef('entitlement.id', '=', 'account_entitlement.entitlement_id')
    .select(connectionColumns)
    .orderBy(orderBy(plan.list.sorts, keys))
    .execute();
}

/** Returns the number of connections that match the filter of a list. */
export async function countConnections({ scan }: Reads, list: ListQuery): Promise<number> {
  const plan = planOf({ ...list, sorts: [], after: undefined });
  const counted = memberships(scan, plan.start, plan.joins).select((expression) =>
    expression.fn.countAll<number>().as('count'),
  );
  return Number((await matching(counted, plan.list, plan.columns).executeTakeFirstOrThrow()).count);
}

/**
 * Makes a page that continues a list begin at the first sort key of the previous page. That follows from the condition of
 * the page, but PostgreSQL finds no place in an index by a condition on two tables.
 */
function beginning(builder: Memberships, { list, columns }: ConnectionPlan): Memberships {
  const [first] = list.sorts;
  const value = list.after?.[0] ?? null;
  if (first === undefined || value === null || list.sorts.length === 1) {
    return builder;
  }
  const column = columnOf(columns, first.field);
  if (column.nullable) {
    return builder;
  }
  const sign = first.descending ? sql`<=` : sql`>=`;
  return builder.where(sql<SqlBool>`${column.expression} ${sign} ${parameterOf(column, value)}`);
}
