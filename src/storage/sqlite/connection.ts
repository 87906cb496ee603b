import { closeSync, existsSync, openSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { digestOf } from '../changes/content-digest.ts';
import { packId } from '../changes/packed-id.ts';

export type { Database as SqliteConnection } from 'better-sqlite3';

/** The maximum number of prepared statements that a connection caches. */
const statementCacheSize = 500;

/** The size that the WAL file keeps after a restart, in bytes. */
export const keptWal = 64 * 1024 * 1024;

/** The result of one statement, as Kysely expects it. */
export interface StatementResult {
  readonly rows: unknown[];
  readonly changes: number;
}

/**
 * One SQLite connection with a cache of prepared statements, by text. Preparing a read by key costs several times as much
 * as running it.
 */
export class PreparingConnection {
  readonly raw: SqliteConnection.Database;
  /** The number of write statements run so far. */
  writes = 0;
  readonly #statements = new Map<string, SqliteConnection.Statement<unknown[], unknown>>();

  constructor(raw: SqliteConnection.Database) {
    this.raw = raw;
  }

  /** Runs one statement with positional parameters. Throws SQLite's error. */
  run(text: string, parameters: readonly unknown[]): StatementResult {
    const statement = this.prepare(text);
    if (statement.reader) {
      return { rows: statement.all(...parameters), changes: 0 };
    }
    return { rows: [], changes: statement.run(...parameters).changes };
  }

  /**
   * Returns the prepared statement of a text, and counts it as run. Use it immediately: it may be evicted when others are
   * prepared.
   */
  prepare(text: string): SqliteConnection.Statement<unknown[], unknown> {
    const known = this.#statements.get(text);
    const statement = known ?? this.raw.prepare<unknown[], unknown>(text);
    this.writes += statement.readonly ? 0 : 1;
    if (known !== undefined) {
      return known;
    }
    if (this.#statements.size >= statementCacheSize) {
      const oldest = this.#statements.keys().next();
      if (!oldest.done) {
        this.#statements.delete(oldest.value);
      }
    }
    this.#statements.set(text, statement);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.raw.close();
  }
}

/**
 * Opens a connection for writing, in WAL mode. SQLite flushes the WAL before a checkpoint but not with each commit
 * (`WalSync` does that), and does not block on locks: a synchronous wait, for the disk or a lock, would stall every request
 * of this thread. The write queue waits asynchronously.
 * Throws if the file cannot be opened or is not a database.
 */
export function openWriter(file: string): PreparingConnection {
  createPrivately(file);
  const raw = new SqliteConnection(file, { timeout: 0 });
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.pragma('foreign_keys = ON');
  // A checkpoint would block this thread: a `WalCheckpointer` runs it.
  raw.pragma('wal_autocheckpoint = 0');
  // A restarted WAL keeps this much of its file: a commit that extends the file takes twice as long.
  raw.pragma(`journal_size_limit = ${keptWal}`);
  // For migrations.
  raw.function('content_digest', { deterministic: true }, (content) => digestOf(String(content)));
  raw.function('packed_id', { deterministic: true }, (id) => packId(String(id)));
  // The first read creates the WAL, which others open.
  raw.prepare('SELECT count(*) FROM sqlite_schema').get();
  return new PreparingConnection(raw);
}

/**
 * Creates the file if it does not exist. It contains the token signing keys: only its owner may read it, and SQLite gives
 * the WAL the same mode. An existing file must not be opened other than by SQLite, because closing it would release this
 * process's locks on it.
 */
function createPrivately(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', 0o600));
  }
}

/** The page cache of a connection, in MB: the operating system caches the rest. */
export const cacheSizes = {
  /** For reads by key, which need little more than the upper levels of the indexes. */
  keyed: 16,
  /** For lists, which may look up many rows in any order. */
  scanning: 32,
} as const;

/**
 * Opens a read-only connection. The file must exist.
 * @param cacheSize in MB
 */
export function openReader(file: string, cacheSize: number): PreparingConnection {
  const raw = new SqliteConnection(file, { readonly: true, timeout: 5000 });
  raw.pragma(`cache_size = -${cacheSize * 1024}`);
  return new PreparingConnection(raw);
}
