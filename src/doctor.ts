import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { checkRecords, checkSpool, type Finding } from './domain/check-up.ts';
import { embeddedFile, unusableDatabase } from './open-resources.ts';
import { pendingMigrations } from './storage/migrate.ts';
import { type Inspection, openForReading } from './storage/open-database.ts';
import { invariants } from './storage/invariants/invariants.ts';
import { findDamage } from './storage/sqlite/database-file.ts';

export type { Finding } from './domain/check-up.ts';

/** The minimum free space, in bytes. With less, the next load may fail. */
const leastSpace = 512 * 1024 * 1024;
const mebibyte = 1024 * 1024;

/**
 * Checks everything that a server depends on, read-only. A server may be running.
 * @param isThorough also runs the checks that read every row; servers must not write at the same time
 */
export async function* examine(config: Config, isThorough: boolean): AsyncGenerator<Finding> {
  yield checkDataDir(config.dataDir);
  yield checkSpace(config);
  const file = embeddedFile(config);
  const obstacle = file === undefined ? undefined : statError(file);
  if (obstacle !== undefined) {
    yield wrong('database', `${file} is not accessible to this user: ${obstacle}.`);
    return;
  }
  if (file !== undefined && !existsSync(file)) {
    yield note('database', `${file} does not exist yet; the first start creates it.`);
    return;
  }
  if (file !== undefined) {
    const finding = checkFile(config, file);
    yield finding;
    if (finding.outcome === 'wrong') {
      return;
    }
  }
  let inspection: Inspection;
  try {
    inspection = await openForReading(config.databaseUrl);
  } catch (error) {
    yield wrong('database', unusableDatabase(config, error));
    return;
  }
  try {
    if (file === undefined) {
      yield ok('database', 'PostgreSQL is reachable.');
    }
    yield* checkContent(config, inspection, isThorough);
  } finally {
    await inspection.close();
  }
}

/** Returns why it cannot be determined whether a file exists, or undefined. */
function statError(file: string): string | undefined {
  try {
    statSync(file, { throwIfNoEntry: false });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function* checkContent(config: Config, { session }: Inspection, isThorough: boolean): AsyncGenerator<Finding> {
  const migrations = await checkMigrations(session);
  yield migrations;
  if (migrations.outcome !== 'ok') {
    return;
  }
  const spool = join(config.dataDir, 'spool');
  yield await checkSpool(session, existsSync(spool) ? readdirSync(spool) : [], session.dialect.isShared);
  yield* await checkRecords(session, Date.now());
  yield await checkInvariants(session, isThorough);
}

async function checkInvariants(session: Inspection['session'], isThorough: boolean): Promise<Finding> {
  const checked = invariants.filter((invariant) => isThorough || !invariant.isThorough);
  const broken: string[] = [];
  for (const { name, violations } of checked) {
    const found = await violations(session);
    if (found.length > 0) {
      broken.push(`violated: ${name}: ${found.join('; ')}`);
    }
  }
  return broken.length > 0
    ? wrong('content', `${broken.join('. ')}. Report this, and restore a backup.`)
    : ok('content', `${checked.length} invariants hold.`);
}

async function checkMigrations(session: Inspection['session']): Promise<Finding> {
  try {
    const pending = await pendingMigrations(session);
    return pending.length === 0
      ? ok('migrations', 'all have run.')
      : note('migrations', `the next start runs ${pending.join(', ')}. Make a backup first.`);
  } catch (error) {
    return wrong('migrations', (error as Error).message);
  }
}

function checkDataDir(dataDir: string): Finding {
  const subject = 'data directory';
  if (!existsSync(dataDir)) {
    return note(subject, `${dataDir} does not exist yet; the first start creates it.`);
  }
  const folder = statSync(dataDir);
  if (!folder.isDirectory()) {
    return wrong(subject, `${dataDir} is not a folder.`);
  }
  if ((folder.mode & 0o077) !== 0) {
    return wrong(subject, `other users can access ${dataDir}, which contains keys. Run: chmod 700 ${dataDir}`);
  }
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return wrong(subject, `${dataDir} is not accessible to this user: ${(error as Error).message}.`);
  }
  const foreign = readdirSync(dataDir).filter((name) => ownerOf(join(dataDir, name)) !== folder.uid);
  return foreign.length > 0
    ? wrong(
        subject,
        `${foreign.join(', ')} in ${dataDir} belongs to another user than the folder. Change the owner to user id ${folder.uid}.`,
      )
    : ok(subject, `${dataDir} is private and writable.`);
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

function checkSpace({ dataDir }: Config): Finding {
  let folder = dataDir;
  while (!existsSync(folder)) {
    folder = dirname(folder);
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const text = `${Math.floor(free / mebibyte)} MiB are free at ${folder}.`;
  return free < leastSpace ? wrong('disk', `${text} Keep ${leastSpace / mebibyte} MiB free.`) : ok('disk', text);
}

function checkFile(config: Config, file: string): Finding {
  const { mode, size } = statSync(file);
  const logSize = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if ((mode & 0o077) !== 0) {
    return wrong('database', `other users can read ${file}, which contains keys. Run: chmod 600 ${file}`);
  }
  try {
    const damage = findDamage(file);
    return damage.length > 0
      ? wrong('database', `${file} is damaged: ${damage.join('; ')}. Restore a backup.`)
      : ok('database', `${file} is intact (${((size + logSize) / mebibyte).toFixed(1)} MiB).`);
  } catch (error) {
    return wrong('database', unusableDatabase(config, error));
  }
}

function ok(subject: string, text: string): Finding {
  return { subject, outcome: 'ok', text };
}

function note(subject: string, text: string): Finding {
  return { subject, outcome: 'note', text };
}

function wrong(subject: string, text: string): Finding {
  return { subject, outcome: 'wrong', text };
}
