import { closeSync, existsSync, openSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { digestOf } from '../changes/content-digest.ts';
import { packId } from '../changes/packed-id.ts';

export type { Database as SqliteConnection } from 'better-sqlite3';

/** The largest number of prepared statements one connection keeps. */
const statementCacheSize = 500;

/** The size that the file of a write-ahead log may keep when nothing of it is needed, in bytes. */
export const keptLog = 64 * 1024 * 1024;

/** The outcome of one statement, in the terms of Kysely. */
export interface StatementResult {
  readonly rows: unknown[];
  readonly changes: number;
}

/**
 * One SQLite connection with its prepared statements. Preparing costs several times more than running a read
 * by key, so statements are kept by their text.
 */
export class PreparingConnection {
  readonly raw: SqliteConnection.Database;
  /** How many statements that write were run so far. */
  writes = 0;
  readonly #statements = new Map<string, SqliteConnection.Statement<unknown[], unknown>>();

  constructor(raw: SqliteConnection.Database) {
    this.raw = raw;
  }

  /** Runs one statement with positional parameters. Throws the engine's own error. */
  run(text: string, parameters: readonly unknown[]): StatementResult {
    const statement = this.prepare(text);
    if (statement.reader) {
      return { rows: statement.all(...parameters), changes: 0 };
    }
    return { rows: [], changes: statement.run(...parameters).changes };
  }

  /**
   * The prepared statement of a text, which counts as run. It may be closed when many others were prepared after it: use
   * it at once.
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
 * Opens a connection for writing: write-ahead log, which is flushed before anything of it enters the file but not with
 * each commit (`WalSync` does that), no blocking wait for a lock. A synchronous wait, for the disk or a lock, would
 * freeze every request of this thread; the write queue waits asynchronously.
 * Throws when the file cannot be opened or is no database.
 */
export function openWriter(file: string): PreparingConnection {
  createPrivately(file);
  const raw = new SqliteConnection(file, { timeout: 0 });
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.pragma('foreign_keys = ON');
  // A checkpoint moves the whole log and would hold up this thread: a `WalCheckpointer` does it.
  raw.pragma('wal_autocheckpoint = 0');
  // A log that begins anew keeps this much of its file: a commit that makes the file longer takes twice as long.
  raw.pragma(`journal_size_limit = ${keptLog}`);
  // Migrations use it.
  raw.function('content_digest', { deterministic: true }, (content) => digestOf(String(content)));
  raw.function('packed_id', { deterministic: true }, (id) => packId(String(id)));
  // The first read makes the log, which others open.
  raw.prepare('SELECT count(*) FROM sqlite_schema').get();
  return new PreparingConnection(raw);
}

/**
 * Makes the file where there is none. It holds the keys that sign tokens: only its owner may read it, and SQLite gives
 * its log the same rights. A file that is there must not be opened past SQLite, as closing it would end this process's
 * locks on it.
 */
function createPrivately(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', 0o600));
  }
}

/** How much of the file a connection keeps in memory, in MB: the operating system keeps the rest. */
export const cacheSizes = {
  /** Reads by key need little more than the upper levels of the indexes. */
  keyed: 16,
  /** Lists that select much look up many rows, in any order. */
  scanning: 32,
} as const;

/**
 * Opens a connection that only reads. The file must exist.
 * @param cacheSize in MB
 */
export function openReader(file: string, cacheSize: number): PreparingConnection {
  const raw = new SqliteConnection(file, { readonly: true, timeout: 5000 });
  raw.pragma(`cache_size = -${cacheSize * 1024}`);
  return new PreparingConnection(raw);
}
