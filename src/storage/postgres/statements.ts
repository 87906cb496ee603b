import type pg from 'pg';

/** Names of statements whose text is always the same, by their texts. */
const names = new Map<string, string>();

/**
 * A statement under a name of its own: PostgreSQL parses it at its first use on a connection and keeps it. For texts
 * of which there are few, as each of them is kept on every connection.
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
 * The statement that inserts rows of the same columns. Of many rows a column is one parameter, whatever their number:
 * the statement stays the same and short.
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
  /** The type of its values. */
  readonly type: 'bigint' | 'text' | 'bytea';
  readonly values: readonly unknown[];
}

/** Rows as columns. Those without a value are left out, as nothing tells of their type: they become null anyway. */
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
