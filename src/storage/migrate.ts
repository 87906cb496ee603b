import { sql } from 'kysely';
import type { Database, Session, Transaction } from './database.ts';
import { migrations } from './migrations/index.ts';
import { type Migration, migrationHash } from './migrations/migration.ts';

/** Any number, the same in every process: two servers that start together migrate one after the other. */
const migrationLock = 7_163_094;

/** Where a migration is. */
export interface MigrationProgress {
  readonly migration: string;
  /** The number of the step that begins, from 1. */
  readonly step: number;
  readonly steps: number;
}

/** How often the progress of a migration is told, in milliseconds. */
const progressInterval = 2000;

/**
 * Brings the database to the current schema, each migration in a transaction of its own: one that was interrupted
 * begins again at the next start.
 * @param onProgress told when a migration of a database with content begins, and where it is every two seconds, unless
 *   one step takes longer
 * Throws when an applied migration is unknown here (the database is newer) or has another hash (it was edited).
 */
export async function migrate(
  database: Database,
  onProgress: (progress: MigrationProgress) => void = () => undefined,
): Promise<void> {
  await database.write(async (transaction) => {
    await lockMigrations(transaction);
    await sql`CREATE TABLE IF NOT EXISTS migration (
      name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied ${sql.raw(database.dialect.bigInteger)} NOT NULL
    )`.execute(transaction.query);
  });
  const isNew = (await missingMigrations(database.keyed)).length === migrations.length;
  for (const migration of migrations) {
    await database.write(async (transaction) => {
      await lockMigrations(transaction);
      if (!(await missingMigrations(transaction)).includes(migration)) {
        return;
      }
      const statements = migration.statements(database.dialect);
      let told = -Infinity;
      for (const [index, statement] of statements.entries()) {
        if (!isNew && Date.now() - told >= progressInterval) {
          told = Date.now();
          onProgress({ migration: migration.name, step: index + 1, steps: statements.length });
        }
        await sql.raw(statement).execute(transaction.query);
      }
      await sql`INSERT INTO migration (name, hash, applied) VALUES (${migration.name}, ${migrationHash(migration, database.dialect)}, ${Date.now()})`.execute(
        transaction.query,
      );
    });
  }
}

/**
 * The names of the migrations that the next start runs on a database, in order; nothing is changed.
 * Throws when an applied migration is unknown here or has another hash, and when the database is not this program's.
 */
export async function pendingMigrations(session: Session): Promise<string[]> {
  const tables = await session.query.introspection.getTables();
  if (!tables.some(({ name }) => name === 'migration')) {
    if (tables.length > 0) {
      throw new Error(`The database is another program's: it has tables, but none named migration.`);
    }
    return migrations.map(({ name }) => name);
  }
  return (await missingMigrations(session)).map(({ name }) => name);
}

/** The migrations that have not run. Throws when those that have are not the first ones known here. */
async function missingMigrations({ query, dialect }: Session): Promise<readonly Migration[]> {
  const { rows } = await sql<{ name: string; hash: string }>`SELECT name, hash FROM migration ORDER BY name`.execute(
    query,
  );
  const newer = rows.find((row) => !migrations.some((known) => known.name === row.name));
  if (newer !== undefined) {
    throw new Error(
      `The database has migration ${newer.name}, which this version does not know. Start the version that wrote it, or a later one.`,
    );
  }
  for (const [index, before] of rows.entries()) {
    const migration = migrations[index];
    if (migration?.name !== before.name || migrationHash(migration, dialect) !== before.hash) {
      throw new Error(
        `Migration ${migration?.name} is not the one that was applied to this database (${before.name}). Migrations are never edited.`,
      );
    }
  }
  return migrations.slice(rows.length);
}

async function lockMigrations(transaction: Transaction): Promise<void> {
  if (transaction.dialect.locksRows) {
    await sql`SELECT pg_advisory_xact_lock(${migrationLock})`.execute(transaction.query);
  }
}
