import SqliteConnection from 'better-sqlite3';
import pg from 'pg';
import { cacheSizes } from '../../src/storage/sqlite/connection.ts';

/** A plain database connection. Parameters are `$1`, `$2`, …, each used once and in order. */
export interface FloorDatabase {
  /** Runs a prepared statement and returns its rows. */
  query(text: string, parameters: readonly unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
}

/**
 * Opens a database as a program with only the driver would: prepared statements, durable commits. Its cache is as large as
 * that of the server's reader threads, or the memory budget would determine the ratio.
 */
export async function openFloorDatabase(url: string): Promise<FloorDatabase> {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url);
}

function openSqlite(file: string): FloorDatabase {
  const connection = new SqliteConnection(file, { timeout: 10_000 });
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma(`cache_size = -${cacheSizes.scanning * 1024}`);
  const statements = new Map<string, SqliteConnection.Statement<unknown[]>>();
  return {
    query: async (text, parameters) => {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = connection.prepare(text.replaceAll(/\$\d+/g, '?'));
        statements.set(text, statement);
      }
      if (statement.reader) {
        return statement.all(...parameters);
      }
      statement.run(...parameters);
      return [];
    },
    close: async () => {
      connection.close();
    },
  };
}

async function openPostgres(url: string): Promise<FloorDatabase> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const names = new Map<string, string>();
  return {
    query: async (text, parameters) => {
      const name = names.get(text) ?? `statement${names.size}`;
      names.set(text, name);
      return (await client.query({ name, text, values: [...parameters] })).rows as unknown[];
    },
    close: () => client.end(),
  };
}
