import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../database.ts';
import type { Tables } from '../tables.ts';

/** The maximum number of parameters of a statement, for both engines. */
const parameterLimit = 32_000;

/** Returns rows of values as a table, for `with … as (values …)`. The values of a column are all numbers, or none is. */
export function valuesOf(rows: readonly (readonly (string | number | null)[])[]): RawBuilder<unknown> {
  return sql`values ${sql.join(rows.map((row) => sql`(${sql.join(row.map(parameter))})`))}`;
}

/** PostgreSQL treats an untyped parameter as text. */
function parameter(value: string | number | null): RawBuilder<unknown> {
  return typeof value === 'number' ? sql`cast(${value} as bigint)` : sql`${value}`;
}

/** Splits rows into pieces that fit into one statement. */
export function pieces<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.floor(parameterLimit / columns);
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/**
 * Updates many rows by id, each with its own values.
 * @param rows all with the same columns, including `id`; number columns must not be null
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
