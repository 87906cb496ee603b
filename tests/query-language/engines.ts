/** The engines on which the query language is tested, each with an empty table. */
import SqliteConnection from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { TABLE, rowOf } from './things.ts';
import type { Thing } from './things.ts';

export type Engine = {
  readonly database: Kysely<Database>;
  /** Replaces all things. */
  fill(things: readonly Thing[]): Promise<void>;
};

export type Database = { thing: Record<keyof typeof TABLE, string | number | null> };

const postgresUrl = process.env['MUNIMENT_TEST_POSTGRES_URL'];

export const engines = [
  { title: 'on SQLite', isThere: true, open: openSqlite },
  {
    title:
      postgresUrl === undefined ? 'on PostgreSQL (skipped: MUNIMENT_TEST_POSTGRES_URL is not set)' : 'on PostgreSQL',
    isThere: postgresUrl !== undefined,
    open: openPostgres,
  },
];

function openSqlite(): Promise<Engine> {
  const database = new Kysely<Database>({
    dialect: new SqliteDialect({ database: new SqliteConnection(':memory:') }),
  });
  return engineOf(database, 'text');
}

function openPostgres(): Promise<Engine> {
  // A single permanent connection: a temporary table exists as long as its connection.
  const pool = new Pool({ connectionString: postgresUrl, max: 1, idleTimeoutMillis: 0 });
  return engineOf(new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), 'text collate "C"');
}

async function engineOf(database: Kysely<Database>, binaryText: string): Promise<Engine> {
  const columns = Object.entries(TABLE).map(([name, type]) => `${name} ${type === 'text' ? binaryText : type}`);
  await sql.raw(`create temporary table thing (${columns.join(', ')})`).execute(database);
  return {
    database,
    async fill(things) {
      await database.deleteFrom('thing').execute();
      await database.insertInto('thing').values(things.map(rowOf)).execute();
    },
  };
}
