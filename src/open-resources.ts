import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Config, SettingError } from './config.ts';
import { databaseFailure } from './domain/database-health.ts';
import { openSpool, type Spool } from './domain/tasks/spool.ts';
import type { Database } from './storage/database.ts';
import { migrate, type MigrationProgress } from './storage/migrate.ts';
import { openDatabase } from './storage/open-database.ts';
import { type ExclusiveLock, takeExclusiveLock } from './storage/sqlite/exclusive-lock.ts';

/** What a server owns on disk and in the database, opened as the settings say. Every failure names its setting. */

/** How whoever holds a lock is named to the one that is refused. */
const serverHolder = `the server with process id ${process.pid}`;

/** Opens the data directory, of which one server at a time is the owner: its uploads and its database file are there. */
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

/** One level after the other: in places such as /proc Node's own recursion never ends. */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/** Opens the database; an embedded one is locked, as it belongs to one server at a time. */
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

/** Locks an embedded database, making the folder it belongs in. */
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

/** The file of the embedded database; undefined for PostgreSQL. */
export function embeddedFile(config: Config): string | undefined {
  return config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined;
}

/** Opens the configured database and brings it to the current schema. Throws a SettingError when it cannot be used. */
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

/** Tells on standard error, which nothing buffers: on the embedded database a step holds up this thread. */
function tellProgress({ migration, step, steps }: MigrationProgress): void {
  process.stderr.write(`The database is brought to its new form: ${migration}, step ${step} of ${steps}.\n`);
}

/** Says that the configured database cannot be used, and why. The URL may hold a password: only its place is shown. */
export function unusableDatabase(config: Config, error: unknown): string {
  const place = config.databaseUrl.replace(/\/\/[^@/]*@/, '//…@');
  const reason = ((error as Error).message || String(error)).replace(/\.$/, '');
  return `${config.givenBy.databaseUrl} is ${place}, which cannot be used: ${reason}.`;
}
