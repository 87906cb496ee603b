import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteConnection from 'better-sqlite3';

/** The maximum number of findings reported for a damaged file. */
const mostFindings = 5;

/**
 * Copies a snapshot of a database to an empty or new file, without a WAL. Concurrent writes continue, but are not in the
 * copy. Throws SQLite's error.
 */
export function copyDatabase(file: string, target: string): void {
  const connection = new SqliteConnection(file, { readonly: true, timeout: 5000 });
  try {
    connection.prepare('VACUUM INTO ?').run(target);
  } finally {
    connection.close();
  }
  toDisk(target);
}

/**
 * Checkpoints the WAL of an unused database into its file, so that the file alone is the database. Returns descriptions of
 * the damage if this fails because the database is damaged.
 */
export function foldWal(file: string): string[] | undefined {
  const connection = new SqliteConnection(file, { fileMustExist: true, timeout: 0 });
  try {
    connection.pragma('journal_mode = DELETE');
  } catch (error) {
    return damageOf(error);
  } finally {
    connection.close();
  }
  toDisk(file);
  return undefined;
}

/** Returns descriptions of the damage in a database file; empty if it is intact. Reads the whole file. */
export function findDamage(file: string): string[] {
  const connection = new SqliteConnection(file, { readonly: true, timeout: 5000 });
  try {
    const checked = connection.pragma(`integrity_check(${mostFindings})`) as { integrity_check: string }[];
    const damage = checked.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    const orphans = connection.pragma('foreign_key_check') as { table: string; parent: string }[];
    const references = orphans.map(({ table, parent }) => `a row of ${table} refers to a missing row of ${parent}`);
    return [...damage, ...new Set(references)];
  } catch (error) {
    return damageOf(error);
  } finally {
    connection.close();
  }
}

/** Returns SQLite's message about a file that is not a valid database. Rethrows any other error. */
function damageOf(error: unknown): string[] {
  if (error instanceof SqliteConnection.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
    return [error.message];
  }
  throw error;
}

/** Flushes a file and its directory entry. */
function toDisk(file: string): void {
  for (const path of [file, dirname(file)]) {
    const descriptor = openSync(path, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}
