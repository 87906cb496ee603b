/**
 * The order of lists, and the condition that continues one after a given row (keyset paging).
 * Null is the smallest value: first in ascending order, last in descending order. The id is always the last sort key.
 */
import { sql } from 'kysely';
import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { allOf, anyOf, columnOf, isNotNull, isNull, parameterOf } from './condition.ts';
import type { Sort, Value } from '../../list-query.ts';
import type { Column, Columns } from './condition.ts';

/**
 * Returns the sorters with the id at the end. An added id has the direction of the last sorter, so that an index can be
 * read backwards. Sorters after an id have no effect and are dropped.
 */
export function closeOrder(sorts: readonly Sort[]): Sort[] {
  const id = sorts.findIndex((sort) => sort.field === 'id');
  return id === -1
    ? [...sorts, { field: 'id', descending: sorts.at(-1)?.descending ?? false }]
    : sorts.slice(0, id + 1);
}

/**
 * Returns the ORDER BY expressions for Kysely's `.orderBy(…)`. Without sorters the order is by id. `columns` has an `id`.
 * PostgreSQL sorts nulls last in ascending order by default, so nullable columns state the position of nulls; the others
 * do not, because PostgreSQL would not use their index. The index of a nullable column is declared
 * `(column nulls first, …)` on PostgreSQL; on SQLite this is the default.
 */
export function orderBy(sorts: readonly Sort[], columns: Columns): RawBuilder<unknown> {
  return sql.join(
    closeOrder(sorts).map(({ field, descending }) => {
      const column = columnOf(columns, field);
      const nulls = column.nullable ? (descending ? sql` nulls last` : sql` nulls first`) : sql``;
      return sql`${column.expression} ${descending ? sql`desc` : sql`asc`}${nulls}`;
    }),
  );
}

type Key = { readonly column: Column; readonly descending: boolean; readonly value: Value | null };

/**
 * Returns the condition for the rows strictly after the one with these values. `values` are the fields of the last row of
 * the previous page, one per sorter, null for a null; the sorters include `id`.
 * Throws a plain Error if the numbers of values and sorters differ.
 */
export function after(
  sorts: readonly Sort[],
  values: readonly (Value | null)[],
  columns: Columns,
): RawBuilder<SqlBool> {
  if (values.length !== sorts.length) {
    throw new Error(`There are ${sorts.length} sorters but ${values.length} values.`);
  }
  const keys = closeOrder(sorts).map(({ field, descending }, index): Key => {
    const column = columnOf(columns, field);
    return { column, descending, value: valueOf(column, values[index] ?? null) };
  });
  return inOneComparison(keys) ?? stepByStep(keys);
}

/** In a text column without nulls an empty value, which clients send as null, is the empty string. */
function valueOf(column: Column, value: Value | null): Value | null {
  const isText = column.type === 'text' || column.type === 'id';
  return value === null && isText && !column.nullable ? '' : value;
}

/**
 * `(a, b, id) > (…)`, which both engines look up in an index, if it is equivalent: all sorters have the same direction,
 * and neither the values nor the columns have nulls that would have to sort first.
 */
function inOneComparison(keys: readonly Key[]): RawBuilder<SqlBool> | null {
  const descending = keys[0]?.descending ?? false;
  const fits = keys.every(
    (key) => key.descending === descending && key.value !== null && !(descending && key.column.nullable),
  );
  if (!fits) {
    return null;
  }
  const columns = sql.join(keys.map((key) => key.column.expression));
  const values = sql.join(keys.map((key) => (key.value === null ? sql`null` : parameterOf(key.column, key.value))));
  return sql`(${columns}) ${descending ? sql`<` : sql`>`} (${values})`;
}

/** `a ≥ x and (a > x or (b > y or (b = y and id > z)))`: the first part allows an index lookup. */
function stepByStep(keys: readonly Key[]): RawBuilder<SqlBool> {
  const [key, ...others] = keys;
  if (key === undefined) {
    return anyOf([]);
  }
  const beyond = isBeyond(key);
  if (others.length === 0) {
    return beyond;
  }
  const rest = stepByStep(others);
  if (key.value === null && key.descending) {
    // In descending order only other rows with a null follow a null.
    return allOf([isEqual(key), rest]);
  }
  if (key.value === null || (key.descending && key.column.nullable)) {
    return anyOf([beyond, allOf([isEqual(key), rest])]);
  }
  const bound = sql<SqlBool>`${key.column.expression} ${key.descending ? sql`<=` : sql`>=`} ${parameterOf(key.column, key.value)}`;
  return allOf([bound, anyOf([beyond, rest])]);
}

function isBeyond({ column, descending, value }: Key): RawBuilder<SqlBool> {
  if (value === null) {
    // In descending order a null is the last value; in ascending order every other value follows it.
    return descending ? anyOf([]) : isNotNull(column);
  }
  const comparison: Expression<SqlBool> = sql`${column.expression} ${descending ? sql`<` : sql`>`} ${parameterOf(column, value)}`;
  return descending && column.nullable ? anyOf([comparison, isNull(column)]) : anyOf([comparison]);
}

function isEqual({ column, value }: Key): RawBuilder<SqlBool> {
  return value === null ? isNull(column) : sql`${column.expression} = ${parameterOf(column, value)}`;
}
