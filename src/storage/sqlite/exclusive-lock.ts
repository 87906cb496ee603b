import SqliteConnection from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';

/** A lock that a process holds until it releases it or exits. */
export interface ExclusiveLock {
  release(): void;
}

/**
 * Takes a lock at a path. Throws an error that names the holder if it is taken. The lock is an SQLite transaction that
 * never ends, so the operating system releases it when the process exits, and there are no stale locks.
 * @param holder the name of the caller, for such errors
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
