import { type SelectQueryBuilder, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Reads, Session } from '../database.ts';
import { effectivePrivileges } from '../entitlements/entitlement-privileges.ts';
import { orderBy } from '../query/order.ts';
import { matching, page } from '../query/page.ts';
import type { Tables } from '../tables.ts';
import { type ConnectionPlan, planOf } from './connection-plan.ts';
import { connectionColumns, type ConnectionRow } from './connections.ts';

type Memberships = SelectQueryBuilder<Tables, 'account_entitlement', object>;

/**
 * Returns one page of connections. A subquery selects the page first, from an index alone if possible, so that only its
 * rows are read completely.
 */
export async function findConnections({ scan }: Reads, list: ListQuery): Promise<ConnectionRow[]> {
  const plan = planOf(list);
  const keys = page(
    memberships(scan, plan).select(['account_entitlement.account_id', 'account_entitlement.entitlement_id']),
    plan.list,
    plan.columns,
  );
  const rows = scan.query
    .selectFrom(keys.as('hit'))
    .crossJoin('account_entitlement')
    .whereRef('account_entitlement.account_id', '=', 'hit.account_id')
    .whereRef('account_entitlement.entitlement_id', '=', 'hit.entitlement_id')
    .crossJoin('account')
    .whereRef('account.id', '=', 'account_entitlement.account_id')
    .crossJoin('entitlement')
    .whereRef('entitlement.id', '=', 'account_entitlement.entitlement_id')
    .select(connectionColumns);
  return withPrivileges(rows, plan).orderBy(orderBy(plan.list.sorts, plan.columns)).execute();
}

/** Returns the number of connections that match the filter of a list. */
export async function countConnections({ scan }: Reads, list: ListQuery): Promise<number> {
  const plan = planOf({ ...list, sorts: [], after: undefined });
  const counted = memberships(scan, plan).select((expression) => expression.fn.countAll<number>().as('count'));
  return Number((await matching(counted, plan.list, plan.columns).executeTakeFirstOrThrow()).count);
}

/** Returns the query for the memberships, from which the plan's columns can be selected. */
function memberships({ query }: Session, plan: ConnectionPlan): Memberships {
  // A cross join makes SQLite keep the order of the tables.
  const found = plan.byAccount
    ? (query
        .selectFrom('account')
        .crossJoin('account_entitlement')
        .whereRef('account_entitlement.account_id', '=', 'account.id') as unknown as Memberships)
    : query.selectFrom('account_entitlement');
  return withPrivileges(found, plan);
}

/** Joins the effective privileges if the order needs them. */
function withPrivileges<DB, TB extends keyof DB, O>(
  builder: SelectQueryBuilder<DB, TB, O>,
  { needsPrivileges }: ConnectionPlan,
): SelectQueryBuilder<DB, TB, O> {
  return needsPrivileges
    ? (builder.leftJoin(effectivePrivileges.as('privileged'), (join) =>
        join.on(sql<boolean>`privileged.id = account_entitlement.entitlement_id`),
      ) as unknown as SelectQueryBuilder<DB, TB, O>)
    : builder;
}
