import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import { type Columns, compileCondition } from './condition.ts';
import type { Session } from '../database.ts';
import { after, orderBy } from './order.ts';

/** Adds the condition of a list, for pages and counts. */
export function matching<DB, TB extends keyof DB, O>(
  builder: SelectQueryBuilder<DB, TB, O>,
  list: ListQuery,
  columns: Columns,
): SelectQueryBuilder<DB, TB, O> {
  return list.condition === undefined ? builder : builder.where(compileCondition(list.condition, columns));
}

/** Adds filter, order, offset and limit of one page. */
export function page<DB, TB extends keyof DB, O>(
  builder: SelectQueryBuilder<DB, TB, O>,
  list: ListQuery,
  columns: Columns,
): SelectQueryBuilder<DB, TB, O> {
  const filtered = matching(builder, list, columns);
  const continued = list.after === undefined ? filtered : filtered.where(after(list.sorts, list.after, columns));
  return continued.orderBy(orderBy(list.sorts, columns)).limit(list.limit).offset(list.offset);
}

/** The physical row reference of a table, for a list that first finds the rows of a page and then reads them. */
export function rowOf(
  { dialect }: Pick<Session, 'dialect'>,
  table: 'entitlement' | 'account' | 'identity',
): RawBuilder<string> {
  return sql<string>`${sql.ref(`${table}.${dialect.rowColumn}`)}`;
}
