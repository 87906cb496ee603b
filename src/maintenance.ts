import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, SettingError } from './config.ts';
import { embeddedFile, lockDatabase, openDataDir } from './open-resources.ts';
import { pendingMigrations } from './storage/migrate.ts';
import { openForReading } from './storage/open-database.ts';
import { copyDatabase, findDamage, foldLog } from './storage/sqlite/database-file.ts';
import { listOpenTasks } from './storage/tasks/open-tasks.ts';

/** What a backup holds. */
export interface Backup {
  /** Its size in bytes. */
  readonly size: number;
  /** The ids of the tasks that were open: their uploaded files are not in it. */
  readonly openTasks: readonly string[];
}

/**
 * Copies the embedded database, as it is at this moment, to a new file that only its owner can read. A server may
 * work on it meanwhile. The copy is checked before it gets its name.
 * @throws SettingError for PostgreSQL, for a file that is there, and when there is nothing to copy or it fails
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
  refuseExisting(target);
  const part = `${target}.${process.pid}.part`;
  try {
    // Made empty and private first: the copy holds the keys that sign tokens.
    closeSync(openSync(part, 'wx', 0o600));
    copyDatabase(file, part);
    await checkBackup(part);
    const openTasks = await openTasksOf(part);
    refuseExisting(target);
    renameSync(part, target);
    return { size: statSync(target).size, openTasks };
  } catch (error) {
    rmSync(part, { force: true });
    throw asRefusal(`The backup ${target} could not be made`, error);
  }
}

/** What a restored database needs and where the former one is. */
export interface Restoration {
  /** The file of the database. */
  readonly file: string;
  /** Migrations that the next start runs. */
  readonly pending: readonly string[];
  /** Where the database went that was there. */
  readonly replaced: string | undefined;
}

/**
 * Puts a backup in the place of the embedded database, once it is checked to be whole and not newer than this version.
 * @param force replace a database that is there; it is kept beside the new one
 * @throws SettingError for PostgreSQL, while a server runs, when a database is there and not forced, and for a file
 *   that is no backup
 */
export async function restoreBackup(config: Config, path: string, force: boolean): Promise<Restoration> {
  const backup = resolve(path);
  const file = embeddedFile(config);
  if (file === undefined) {
    throw new SettingError(
      'The database is PostgreSQL, which has its own tool. Stop every server, then: pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$MUNIMENT_DATABASE_URL" FILE',
    );
  }
  refuseUnfit(backup);
  refuseForeignUser(config);
  const holder = `a restore with process id ${process.pid}`;
  const { lock } = openDataDir(config, holder);
  try {
    const databaseLock = lockDatabase(config, file, holder);
    try {
      if (existsSync(file) && !force) {
        throw new SettingError(
          `There is a database ${file}. To replace it, add --force; it is kept beside the new one.`,
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
    throw asRefusal(`The backup ${backup} cannot be restored`, error);
  }
}

/**
 * Renames a database with its log, or a log that was left alone: beside another database it would destroy that.
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

/** Makes sure that a copy is whole and of a version known here; returns the migrations it needs. */
async function checkBackup(copy: string): Promise<string[]> {
  const damage = foldLog(copy) ?? findDamage(copy);
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

function refuseExisting(target: string): void {
  if (existsSync(target)) {
    throw new SettingError(`${target} is there already. A backup never replaces a file: name another one.`);
  }
}

function refuseUnfit(backup: string): void {
  if (!existsSync(backup)) {
    throw new SettingError(`There is no file ${backup}.`);
  }
  const log = statSync(`${backup}-wal`, { throwIfNoEntry: false });
  if (log !== undefined && log.size > 0) {
    throw new SettingError(
      `${backup} has a log beside it (${backup}-wal), so it is no backup but a database in use. Make one with "muniment backup".`,
    );
  }
}

/** Files that another user makes now could not be opened by the server. */
function refuseForeignUser({ dataDir, givenBy }: Config): void {
  const owner = (existsSync(dataDir) ? statSync(dataDir) : undefined)?.uid;
  const user = process.getuid?.();
  if (owner !== undefined && user !== undefined && owner !== user) {
    throw new SettingError(
      `${givenBy.dataDir} is ${dataDir}, which belongs to user id ${owner}; you are user id ${user}. Run this as its owner.`,
    );
  }
}

function asRefusal(what: string, error: unknown): SettingError {
  return error instanceof SettingError
    ? error
    : new SettingError(`${what}: ${(error as Error).message.replace(/\.$/, '')}.`, { cause: error });
}
