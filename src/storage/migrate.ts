import { sql } from 'kysely';
import type { Database, Session, Transaction } from './database.ts';
import { migrations } from './migrations/index.ts';
import { type Migration, migrationHash } from './migrations/migration.ts';

/** The key of an advisory lock: two servers that start together migrate one after the other. */
const migrationLock = 7_163_094;

/** The progress of a migration. */
export interface MigrationProgress {
  readonly migration: string;
  /** The number of the current step, from 1. */
  readonly step: number;
  readonly steps: number;
}

/** The interval between progress reports of a migration, in milliseconds. */
const progressInterval = 2000;

/**
 * Migrates the database to the current schema, each migration in its own transaction: an interrupted migration restarts
 * at the next start.
 * @param onProgress called when a migration of a database with content begins, and then every two seconds, unless one
 *   step takes longer
 * @throws Error if an applied migration is unknown (the database is newer) or has another hash (it was edited)
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
      let reported = -Infinity;
      for (const [index, statement] of statements.entries()) {
        if (!isNew && Date.now() - reported >= progressInterval) {
          reported = Date.now();
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
 * Returns the names of the migrations that the next start runs on a database, in order, without changing it.
 * @throws Error if an applied migration is unknown or has another hash, or if the database belongs to another program
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

/** Returns the migrations that have not run. Throws if those that have run are not the first known ones. */
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
