import type pg from 'pg';

/** The names of prepared statements, by text. */
const names = new Map<string, string>();

/**
 * Returns a prepared statement: PostgreSQL parses it at its first use on a connection and keeps it. Use it only for a
 * limited number of texts, as every connection keeps each of them.
 */
export function named(text: string, parameters: readonly unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined) {
    name = `muniment_${names.size}`;
    names.set(text, name);
  }
  return { name, text, values: [...parameters] };
}

/**
 * Returns the statement that inserts rows with the same columns. For several rows each column is one array parameter,
 * so that the text does not depend on the number of rows.
 */
export function insertionOf(table: string, rows: readonly Readonly<Record<string, unknown>>[]): pg.QueryConfig {
  const [first = {}] = rows;
  if (rows.length === 1) {
    const columns = Object.keys(first);
    const places = columns.map((_, index) => `$${index + 1}`);
    return named(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`, Object.values(first));
  }
  const columns = columnsOf(rows);
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`);
  return named(
    `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`,
    columns.map(({ values }) => values),
  );
}

interface Column {
  readonly name: string;
  /** The PostgreSQL type of its values. */
  readonly type: 'bigint' | 'text' | 'bytea';
  readonly values: readonly unknown[];
}

/** Transposes rows to columns. Columns without values are omitted, as their type is unknown: they are null anyway. */
function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): Column[] {
  return Object.keys(rows[0] ?? {}).flatMap((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const example = values.find((value) => value !== null);
    if (example === undefined) {
      return [];
    }
    const type = typeof example === 'number' ? 'bigint' : Buffer.isBuffer(example) ? 'bytea' : 'text';
    return [{ name, type, values }];
  });
}
