import SqliteConnection from 'better-sqlite3';
import pg from 'pg';

type Row = Readonly<Record<string, unknown>>;

/** Inserts rows in the fastest way for the engine. All rows of a table have the same columns. */
export interface RowWriter {
  /** Adds a row to the transaction. */
  add(table: string, row: Row): void;
  /** Commits the added rows, not necessarily durably, like the server's import. */
  commit(): Promise<void>;
  /** Resolves when everything is durable. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** The maximum number of parameters of a PostgreSQL statement. */
const parameterLimit = 65_535;

export async function openRowWriter(url: string): Promise<RowWriter> {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url);
}

/** One prepared insert per row: SQLite has no round trips to save. Uses the settings of the server's import. */
function openSqlite(file: string): RowWriter {
  const connection = new SqliteConnection(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('cache_size = -196608');
  connection.pragma('wal_autocheckpoint = 16000');
  const statements = new Map<string, SqliteConnection.Statement<unknown[]>>();
  return {
    add: (table, row) => {
      if (!connection.inTransaction) {
        connection.exec('BEGIN IMMEDIATE');
      }
      let statement = statements.get(table);
      if (statement === undefined) {
        const columns = Object.keys(row);
        statement = connection.prepare(
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        );
        statements.set(table, statement);
      }
      statement.run(Object.values(row));
    },
    commit: async () => {
      if (connection.inTransaction) {
        connection.exec('COMMIT');
      }
    },
    flush: async () => {
      // A durable commit makes everything before it durable.
      connection.pragma('synchronous = FULL');
      connection.exec("INSERT INTO property (name, value) VALUES ('imported', '1')");
    },
    close: async () => {
      connection.close();
    },
  };
}

/** As many rows per prepared insert as possible: each statement is a round trip. */
async function openPostgres(url: string): Promise<RowWriter> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET synchronous_commit = off');
  const waiting = new Map<string, Row[]>();
  return {
    add: (table, row) => {
      const rows = waiting.get(table);
      if (rows === undefined) {
        waiting.set(table, [row]);
      } else {
        rows.push(row);
      }
    },
    commit: async () => {
      await client.query('BEGIN');
      for (const [table, rows] of waiting) {
        const columns = Object.keys(rows[0] ?? {});
        const perStatement = Math.floor(parameterLimit / columns.length);
        for (let start = 0; start < rows.length; start += perStatement) {
          await insert(client, table, columns, rows.slice(start, start + perStatement));
        }
      }
      waiting.clear();
      await client.query('COMMIT');
    },
    flush: async () => {
      // A durable commit makes everything before it durable.
      await client.query('SET synchronous_commit = on');
      await client.query("INSERT INTO property (name, value) VALUES ('imported', '1')");
    },
    close: () => client.end(),
  };
}

async function insert(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const tuples = rows.map(
    (_, row) => `(${columns.map((_column, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
  );
  await client.query({
    name: `${table}${rows.length}`,
    text: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`,
    values: rows.flatMap((row) => Object.values(row)),
  });
}
