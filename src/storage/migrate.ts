import { sql } from 'kysely';
import type { Database, Transaction } from './database.ts';
import { migrations } from './migrations/index.ts';
import { migrationHash } from './migrations/migration.ts';

/** Any number, the same in every process: two servers that start together migrate one after the other. */
const migrationLock = 7_163_094;

/**
 * Brings the database to the current schema, each migration in a transaction of its own.
 * Throws when an applied migration is unknown here (the database is newer) or has another hash (it was edited).
 */
export async function migrate(database: Database): Promise<void> {
  await database.write(async (transaction) => {
    await lockMigrations(transaction);
    await sql`CREATE TABLE IF NOT EXISTS migration (
      name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied ${sql.raw(database.dialect.bigInteger)} NOT NULL
    )`.execute(transaction.query);
  });
  for (const [index, migration] of migrations.entries()) {
    await database.write(async (transaction) => {
      await lockMigrations(transaction);
      const applied = await sql<{ name: string; hash: string }>`SELECT name, hash FROM migration ORDER BY name`.execute(
        transaction.query,
      );
      const newer = applied.rows.find((row) => !migrations.some((known) => known.name === row.name));
      if (newer !== undefined) {
        throw new Error(
          `The database has migration ${newer.name}, which this version does not know. Start the version that wrote it, or a later one.`,
        );
      }
      const hash = migrationHash(migration, database.dialect);
      const before = applied.rows[index];
      if (before !== undefined) {
        if (before.name !== migration.name || before.hash !== hash) {
          throw new Error(
            `Migration ${migration.name} is not the one that was applied to this database (${before.name}). Migrations are never edited.`,
          );
        }
        return;
      }
      for (const statement of migration.statements(database.dialect)) {
        await sql.raw(statement).execute(transaction.query);
      }
      await sql`INSERT INTO migration (name, hash, applied) VALUES (${migration.name}, ${hash}, ${Date.now()})`.execute(
        transaction.query,
      );
    });
  }
}

async function lockMigrations(transaction: Transaction): Promise<void> {
  if (transaction.dialect.locksRows) {
    await sql`SELECT pg_advisory_xact_lock(${migrationLock})`.execute(transaction.query);
  }
}
