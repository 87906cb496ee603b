import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openDatabase } from '../../src/storage/open-database.ts';

/** A PostgreSQL server whose user may create databases, e.g. `postgres://postgres@127.0.0.1:5432/postgres`. */
const postgresUrl = process.env['MUNIMENT_TEST_POSTGRES_URL'];

/** An empty database of one engine: its URL, and a function to remove it. */
export interface EmptyDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** Creates an empty SQLite database in a temporary folder. */
export async function emptySqlite(): Promise<EmptyDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-test-'));
  return {
    url: `sqlite:${join(folder, 'muniment.sqlite')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Creates an empty database on the test server. */
async function emptyPostgres(): Promise<EmptyDatabase> {
  const name = `muniment_test_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(postgresUrl ?? '');
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Describes the same behaviour on both engines; `make` creates an empty database. PostgreSQL needs a server. */
export function describeOnEngines(title: string, body: (make: () => Promise<EmptyDatabase>) => void): void {
  describe(`${title} on sqlite`, () => body(emptySqlite));
  describeOnPostgres(title, body);
}

/** Describes behaviour of PostgreSQL only; `make` creates an empty database. It needs a server. */
export function describeOnPostgres(title: string, body: (make: () => Promise<EmptyDatabase>) => void): void {
  if (postgresUrl === undefined && process.env['CI'] === 'true') {
    throw new Error('MUNIMENT_TEST_POSTGRES_URL is not set: in CI nothing is skipped.');
  }
  if (postgresUrl === undefined) {
    describe.skip(`${title} on postgres (skipped: MUNIMENT_TEST_POSTGRES_URL is not set)`, () => body(emptyPostgres));
  } else {
    describe(`${title} on postgres`, () => body(emptyPostgres));
  }
}

/** Describes the same storage behaviour on both engines; `database()` is migrated and shared by the block's tests. */
export function describeStorage(title: string, body: (database: () => Database) => void): void {
  describeOnEngines(title, (make) => {
    let empty: EmptyDatabase;
    let database: Database;
    beforeAll(async () => {
      empty = await make();
      database = await openDatabase({ url: empty.url, readers: 1 });
      await migrate(database);
    });
    afterAll(async () => {
      await database.close();
      await empty.remove();
    });
    body(() => database);
  });
}
