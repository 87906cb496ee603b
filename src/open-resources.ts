import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, SettingError } from './config.ts';
import { databaseFailure } from './domain/database-health.ts';
import { openSpool, type Spool } from './domain/tasks/spool.ts';
import type { Database } from './storage/database.ts';
import { migrate, type MigrationProgress } from './storage/migrate.ts';
import { openDatabase } from './storage/open-database.ts';
import { type ExclusiveLock, takeExclusiveLock } from './storage/sqlite/exclusive-lock.ts';

/** Opens the files and the database of a server as configured. Every error names the setting. */

/** How the holder of a lock is named in errors. */
const serverHolder = `the server with process id ${process.pid}`;

/** Opens and locks the data directory, which contains the uploads and the database file of one server. */
export function openDataDir(config: Config, holder = serverHolder): { spool: Spool; lock: ExclusiveLock } {
  try {
    makeFolder(config.dataDir);
    const lock = takeExclusiveLock(join(config.dataDir, 'server.lock'), holder);
    return { spool: openSpool(config.dataDir), lock };
  } catch (error) {
    throw new SettingError(
      `${config.givenBy.dataDir} is ${config.dataDir}, which cannot be used: ${(error as Error).message}.`,
    );
  }
}

/** Creates a folder level by level: in /proc, for example, Node's recursive option never returns. */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/** Opens the database; locks an embedded one, because only one server may use it. */
export async function openOwned(config: Config): Promise<Database> {
  const file = embeddedFile(config);
  if (file === undefined) {
    return openMigrated(config);
  }
  const lock = lockDatabase(config, file, serverHolder);
  try {
    const database = await openMigrated(config);
    return {
      ...database,
      close: async () => {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Locks an embedded database and creates its folder. */
export function lockDatabase(config: Config, file: string, holder: string): ExclusiveLock {
  try {
    makeFolder(dirname(file));
    return takeExclusiveLock(`${file}.lock`, holder);
  } catch (error) {
    throw new SettingError(
      `${config.givenBy.databaseUrl} is sqlite:${file}, which cannot be used: ${(error as Error).message}.`,
    );
  }
}

/** Returns the file of the embedded database; undefined for PostgreSQL. */
export function embeddedFile(config: Config): string | undefined {
  return config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined;
}

/** Opens the configured database and migrates it. Throws a SettingError if it cannot be used. */
export async function openMigrated(config: Config): Promise<Database> {
  let database: Database | undefined;
  try {
    database = await openDatabase({ url: config.databaseUrl, readers: config.readers });
    await migrate(database, tellProgress);
    return database;
  } catch (error) {
    await database?.close();
    const passes = embeddedFile(config) === undefined && databaseFailure(error) === 'unavailable';
    throw new SettingError(unusableDatabase(config, error), { passes });
  }
}

/** Reports progress on standard error, which is unbuffered: a step blocks this thread on the embedded database. */
function tellProgress({ migration, step, steps }: MigrationProgress): void {
  process.stderr.write(`Migrating the database: ${migration}, step ${step} of ${steps}.\n`);
}

/** Returns a message that the configured database cannot be used, and why. The URL is shown without its password. */
export function unusableDatabase(config: Config, error: unknown): string {
  const place = config.databaseUrl.replace(/\/\/[^@/]*@/, '//…@');
  const reason = ((error as Error).message || String(error)).replace(/\.$/, '');
  return `${config.givenBy.databaseUrl} is ${place}, which cannot be used: ${reason}.`;
}
