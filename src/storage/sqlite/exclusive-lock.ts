import SqliteConnection from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';

/** A lock that one process holds until it releases it or dies. */
export interface ExclusiveLock {
  release(): void;
}

/**
 * Takes a lock at a path, or throws saying who holds it. The operating system frees the lock of a process that dies:
 * it is that of an SQLite database in a transaction that never ends, so no stale lock has to be cleared by hand.
 * @param holder who takes it, in words
 */
export function takeExclusiveLock(path: string, holder: string): ExclusiveLock {
  const connection = new SqliteConnection(path, { timeout: 0 });
  try {
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new Error(`it is used by ${readFileSync(`${path}.holder`, 'utf8').trim()}`, { cause: error });
    }
    throw error;
  }
  writeFileSync(`${path}.holder`, `${holder}\n`, { mode: 0o600 });
  return { release: () => connection.close() };
}
