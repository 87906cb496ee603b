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

/** With less free space than this, in bytes, the next load may fail. */
const leastSpace = 512 * 1024 * 1024;
const mebibyte = 1024 * 1024;

/**
 * Looks at everything that one server depends on and changes nothing. A server may run meanwhile.
 * @param isThorough also what has to be read row by row, for which servers must not write meanwhile
 */
export async function* examine(config: Config, isThorough: boolean): AsyncGenerator<Finding> {
  yield checkDataDir(config.dataDir);
  yield checkSpace(config);
  const file = embeddedFile(config);
  const hindrance = file === undefined ? undefined : hindranceOf(file);
  if (hindrance !== undefined) {
    yield wrong('database', `${file} cannot be seen by this user: ${hindrance}.`);
    return;
  }
  if (file !== undefined && !existsSync(file)) {
    yield note('database', `there is no ${file} yet; the first start makes it.`);
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
      yield ok('database', 'PostgreSQL answers.');
    }
    yield* checkContent(config, inspection, isThorough);
  } finally {
    await inspection.close();
  }
}

/** Why it cannot be told whether a file is there; undefined when it can. */
function hindranceOf(file: string): string | undefined {
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
      broken.push(`not true that ${name}: ${found.join('; ')}`);
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
      : note('migrations', `the next start runs ${pending.join(', ')}. Make a backup before.`);
  } catch (error) {
    return wrong('migrations', (error as Error).message);
  }
}

function checkDataDir(dataDir: string): Finding {
  const subject = 'data directory';
  if (!existsSync(dataDir)) {
    return note(subject, `there is no ${dataDir} yet; the first start makes it.`);
  }
  const folder = statSync(dataDir);
  if (!folder.isDirectory()) {
    return wrong(subject, `${dataDir} is not a folder.`);
  }
  if ((folder.mode & 0o077) !== 0) {
    return wrong(subject, `others may enter ${dataDir}, which holds keys. Run: chmod 700 ${dataDir}`);
  }
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return wrong(subject, `${dataDir} cannot be used by this user: ${(error as Error).message}.`);
  }
  const foreign = readdirSync(dataDir).filter((name) => ownerOf(join(dataDir, name)) !== folder.uid);
  return foreign.length > 0
    ? wrong(
        subject,
        `${foreign.join(', ')} in ${dataDir} belongs to another user than the folder. Give it to user id ${folder.uid}.`,
      )
    : ok(subject, `${dataDir} is private and can be written to.`);
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
    return wrong('database', `others may read ${file}, which holds keys. Run: chmod 600 ${file}`);
  }
  try {
    const damage = findDamage(file);
    return damage.length > 0
      ? wrong('database', `${file} is damaged: ${damage.join('; ')}. Restore a backup.`)
      : ok('database', `${file} is whole (${((size + logSize) / mebibyte).toFixed(1)} MiB).`);
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
