import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteConnection from 'better-sqlite3';

/** The most findings that are told about one damaged file. */
const mostFindings = 5;

/**
 * Copies a database as it is at this moment into an empty or new file, whole and without a log beside it. Whoever
 * writes meanwhile goes on: their changes are not in the copy. Throws the engine's own error.
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
 * Moves the log of a database that nobody uses into its file, so that the file alone is the database. Returns what is
 * damaged, in words, where that keeps it from being done.
 */
export function foldLog(file: string): string[] | undefined {
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

/** What is damaged in a database file, in words; empty when it is whole. Reads all of it. */
export function findDamage(file: string): string[] {
  const connection = new SqliteConnection(file, { readonly: true, timeout: 5000 });
  try {
    const checked = connection.pragma(`integrity_check(${mostFindings})`) as { integrity_check: string }[];
    const damage = checked.map((row) => row.integrity_check).filter((text) => text !== 'ok');
    const orphans = connection.pragma('foreign_key_check') as { table: string; parent: string }[];
    const references = orphans.map(
      ({ table, parent }) => `a row of ${table} refers to a row of ${parent} that is not there`,
    );
    return [...damage, ...new Set(references)];
  } catch (error) {
    return damageOf(error);
  } finally {
    connection.close();
  }
}

/** What the engine says of a file it cannot read as a database. Throws what is no word about the file. */
function damageOf(error: unknown): string[] {
  if (error instanceof SqliteConnection.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
    return [error.message];
  }
  throw error;
}

/** Makes a file and its name durable. */
function toDisk(file: string): void {
  for (const path of [file, dirname(file)]) {
    const descriptor = openSync(path, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}
