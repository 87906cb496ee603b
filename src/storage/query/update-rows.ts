import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../database.ts';
import type { Tables } from '../tables.ts';

/** The most parameters of one statement on either engine. */
const parameterLimit = 32_000;

/** Rows of values as a table, for `with … as (values …)`. Of a column either all values are numbers or none is. */
export function valuesOf(rows: readonly (readonly (string | number | null)[])[]): RawBuilder<unknown> {
  return sql`values ${sql.join(rows.map((row) => sql`(${sql.join(row.map(parameter))})`))}`;
}

/** PostgreSQL takes a parameter without a type for text. */
function parameter(value: string | number | null): RawBuilder<unknown> {
  return typeof value === 'number' ? sql`cast(${value} as bigint)` : sql`${value}`;
}

/** Cuts rows of so many columns into pieces that one statement can take. */
export function pieces<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.floor(parameterLimit / columns);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/**
 * Sets columns of many rows, found by their ids, each to values of its own.
 * @param rows all with the same columns, among them `id`; a column of numbers is null in none of them
 */
export async function updateRows(
  transaction: Transaction,
  table: keyof Tables,
  rows: readonly (Readonly<Record<string, string | number | null>> & { readonly id: string })[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  for (const piece of pieces(rows, Math.max(1, columns.length))) {
    const values = valuesOf(piece.map((row) => columns.map((column) => row[column] ?? null)));
    const assignments = columns
      .filter((column) => column !== 'id')
      .map((column) => sql`${sql.ref(column)} = ${sql.ref(`changed.${column}`)}`);
    await sql`
      with changed (${sql.join(columns.map((column) => sql.ref(column)))}) as (${values})
      update ${sql.table(table)} set ${sql.join(assignments)}
      from changed where ${sql.ref(`${table}.id`)} = changed.id`.execute(transaction.query);
  }
}
