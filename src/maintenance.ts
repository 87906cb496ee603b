import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, SettingError } from './config.ts';
import { embeddedFile, lockDatabase, openDataDir } from './open-resources.ts';
import { pendingMigrations } from './storage/migrate.ts';
import { openForReading } from './storage/open-database.ts';
import { copyDatabase, findDamage, foldWal } from './storage/sqlite/database-file.ts';
import { listOpenTasks } from './storage/tasks/open-tasks.ts';

/** The result of a backup. */
export interface Backup {
  /** Its size in bytes. */
  readonly size: number;
  /** The ids of the open tasks, whose uploaded files are not included. */
  readonly openTasks: readonly string[];
}

/**
 * Copies a snapshot of the embedded database to a new file that only its owner can read. A server may be running.
 * The copy is checked before it gets its final name.
 * @throws SettingError for PostgreSQL, if the target exists, if there is no database, or if the copy fails
 */
export async function backUp(config: Config, path: string): Promise<Backup> {
  const target = resolve(path);
  const file = embeddedFile(config);
  if (file === undefined) {
    throw new SettingError(
      'The database is PostgreSQL, which has its own tool: pg_dump --format=custom --file=FILE "$MUNIMENT_DATABASE_URL". It works while servers run.',
    );
  }
  if (!existsSync(file)) {
    throw new SettingError(
      `There is no database ${file}. Name the data directory of the server with --data-dir or MUNIMENT_DATA_DIR.`,
    );
  }
  requireAbsent(target);
  const part = `${target}.${process.pid}.part`;
  try {
    // Created empty and private first: the copy contains the token signing keys.
    closeSync(openSync(part, 'wx', 0o600));
    copyDatabase(file, part);
    await checkBackup(part);
    const openTasks = await openTasksOf(part);
    requireAbsent(target);
    renameSync(part, target);
    return { size: statSync(target).size, openTasks };
  } catch (error) {
    rmSync(part, { force: true });
    throw asSettingError(`The backup ${target} could not be created`, error);
  }
}

/** The result of a restore. */
export interface Restoration {
  /** The database file. */
  readonly file: string;
  /** The migrations that the next start will run. */
  readonly pending: readonly string[];
  /** The new name of the previous database, if there was one. */
  readonly replaced: string | undefined;
}

/**
 * Replaces the embedded database with a backup, after checking that it is intact and not newer than this version.
 * @param force replace an existing database; it is kept next to the new one
 * @throws SettingError for PostgreSQL, while a server runs, if a database exists without `force`, and for a file that is
 *   not a backup
 */
export async function restoreBackup(config: Config, path: string, force: boolean): Promise<Restoration> {
  const backup = resolve(path);
  const file = embeddedFile(config);
  if (file === undefined) {
    throw new SettingError(
      'The database is PostgreSQL, which has its own tool. Stop every server, then: pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$MUNIMENT_DATABASE_URL" FILE',
    );
  }
  requireBackup(backup);
  requireOwner(config);
  const holder = `a restore with process id ${process.pid}`;
  const { lock } = openDataDir(config, holder);
  try {
    const databaseLock = lockDatabase(config, file, holder);
    try {
      if (existsSync(file) && !force) {
        throw new SettingError(
          `The database ${file} already exists. Add --force to replace it; it is kept next to the new one.`,
        );
      }
      return await exchange(file, backup);
    } finally {
      databaseLock.release();
    }
  } finally {
    lock.release();
  }
}

async function exchange(file: string, backup: string): Promise<Restoration> {
  const part = `${file}.restoring`;
  try {
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', 0o600));
    copyFileSync(backup, part);
    const pending = await checkBackup(part);
    const replaced = moveAway(file);
    renameSync(part, file);
    return { file, pending, replaced };
  } catch (error) {
    rmSync(part, { force: true });
    throw asSettingError(`The backup ${backup} cannot be restored`, error);
  }
}

/**
 * Renames a database with its WAL, or an orphaned WAL, which would corrupt another database of the same name.
 * Returns the new name of the database, if there was one.
 */
function moveAway(file: string): string | undefined {
  const replaced = `${file}.replaced-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  const present = ['', '-wal', '-shm'].filter((suffix) => existsSync(`${file}${suffix}`));
  for (const suffix of present) {
    renameSync(`${file}${suffix}`, `${replaced}${suffix}`);
  }
  return present.includes('') ? replaced : undefined;
}

/** Checks that a copy is intact and not newer than this version. Returns its pending migrations. */
async function checkBackup(copy: string): Promise<string[]> {
  const damage = foldWal(copy) ?? findDamage(copy);
  if (damage.length > 0) {
    throw new Error(`the file is damaged.\n${damage.join('\n')}`);
  }
  const { session, close } = await openForReading(`sqlite:${copy}`);
  try {
    if ((await session.query.introspection.getTables()).length === 0) {
      throw new Error('it is empty');
    }
    return await pendingMigrations(session);
  } finally {
    await close();
  }
}

async function openTasksOf(copy: string): Promise<string[]> {
  const { session, close } = await openForReading(`sqlite:${copy}`);
  try {
    return (await listOpenTasks(session)).map(({ id }) => id);
  } finally {
    await close();
  }
}

function requireAbsent(target: string): void {
  if (existsSync(target)) {
    throw new SettingError(`${target} already exists. A backup never overwrites a file: choose another name.`);
  }
}

function requireBackup(backup: string): void {
  if (!existsSync(backup)) {
    throw new SettingError(`There is no file ${backup}.`);
  }
  const log = statSync(`${backup}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0) {
    throw new SettingError(
      `${backup} has a WAL file (${backup}-wal), so it is a database in use, not a backup. Create a backup with "muniment backup".`,
    );
  }
}

/** Throws if the data directory belongs to another user: the server could not open files created now. */
function requireOwner({ dataDir, givenBy }: Config): void {
  const owner = (existsSync(dataDir) ? statSync(dataDir) : undefined)?.uid;
  const user = process.getuid?.();
  if (owner !== undefined && user !== undefined && owner !== user) {
    throw new SettingError(
      `${givenBy.dataDir} is ${dataDir}, which belongs to user id ${owner}; you are user id ${user}. Run this as its owner.`,
    );
  }
}

function asSettingError(what: string, error: unknown): SettingError {
  return error instanceof SettingError
    ? error
    : new SettingError(`${what}: ${(error as Error).message.replace(/\.$/, '')}.`, { cause: error });
}
