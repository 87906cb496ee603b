import type { Insertable, Kysely } from 'kysely';
import type { ChangedKey, CommitListener } from './changes/committed-changes.ts';
import type { Dialect } from './dialect.ts';
import type { Tables } from './tables.ts';

/** A channel for notifications, named after the data that may have changed. */
export type Channel = 'jobs';

/** A connection or pool that runs queries, together with the dialect of its engine. */
export interface Session {
  readonly query: Kysely<Tables>;
  readonly dialect: Dialect;
  /** Runs a statement given as text (see `prepared`), which the engine keeps prepared. */
  run<R>(text: string, parameters: readonly unknown[]): Promise<R[]>;
}

/**
 * A session inside one write transaction. Its writes are committed together or not at all.
 * It is a separate type so that a write cannot be given a read session by accident.
 */
export interface Transaction extends Session {
  readonly isTransaction: true;
  /** The objects that caches must discard once this transaction is committed (see `recordChanges`). */
  readonly changed: ChangedKey[];
  /**
   * Runs a statement without a result. It may resolve before the engine has answered: if the statement fails, a later
   * one or the end of the transaction rejects with its error.
   */
  send(text: string, parameters: readonly unknown[]): Promise<void>;
  /** Calls the listeners of a channel, on all servers, once the transaction is committed. */
  notify(channel: Channel): Promise<void>;
  /** Inserts rows with the same columns, in the fastest way of the engine. Errors are reported as by `send`. */
  insertRows<T extends keyof Tables>(table: T, rows: readonly Insertable<Tables[T]>[]): Promise<void>;
}

/** The read access to a database. */
export interface Reads {
  readonly dialect: Dialect;
  /**
   * For reads that an index answers quickly: they run in the calling thread. They see what was committed when this
   * event-loop tick began, and every awaited write of this object.
   */
  readonly keyed: Session;
  /** For reads that may scan (lists, counts, deep pages): they never block the calling thread. */
  readonly scan: Session;
}

/**
 * Reads whose result is one text. They may run in a reader thread, which then returns one block of bytes instead of
 * many rows. The thread imports `module` and uses its export `name`, which is this job.
 */
export interface TextJob<A> {
  /** `import.meta.url` of the file that exports it. */
  readonly module: string;
  readonly name: string;
  /** @param argument a value that can be passed to another thread: no functions, no class instances */
  readonly run: (reads: Reads, argument: A) => Promise<string>;
}

/** The data that the threads of one process share if they have the same database open. */
export interface SharedDatabase {
  /** The name of the broadcast channel for committed changes. */
  readonly changes: string;
  /** Only for SQLite. */
  readonly file?: SharedFile;
}

/** The data that the threads of one process share if they have the same SQLite file open. */
export interface SharedFile {
  /** The number of writers that wait for the write lock. */
  readonly waitingWriters: SharedArrayBuffer;
  /** A descriptor of the file, open as long as the database of the first thread. */
  readonly descriptor: number;
}

/** A text in UTF-8. */
export interface ReadText {
  readonly bytes: Buffer;
  /** Must be called once, when the bytes are no longer needed: they will be overwritten. */
  release(): void;
}

/** One tenant's database, on either engine. */
export interface Database extends Reads {
  /** The data that other threads need to open the same database. */
  readonly shared: SharedDatabase;
  /** Runs a job and returns its text in UTF-8. Like `scan`, it does not block the calling thread. */
  readText<A>(job: TextJob<A>, argument: A): Promise<ReadText>;
  /**
   * Runs `work` inside a write transaction and returns its result once the transaction is durable.
   * `work` is repeated after a serialisation failure, or if another write in the same commit fails, so it must have no
   * other side effects.
   * An error of `work` rolls its own writes back and is rethrown.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Like `write`, for one batch of a long task that is repeated after an interruption. It does not wait for the disk:
   * after a power failure the newest batches may be lost, each as a whole, unless a later `write` was committed. It
   * lets waiting writers go first.
   */
  writeBatch<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Calls `listener` with the clients and identities that a committed write changed or deleted: before the promise of
   * the write settles if this object wrote, soon after it if another thread of this process did.
   */
  onCommit(listener: CommitListener): void;
  /** Refreshes the planner statistics of tables that changed much, so that the engine chooses the right indexes. */
  refreshStatistics(): Promise<void>;
  /**
   * Calls `listener` soon after the commit of a transaction that notified the channel, on this or another server, until
   * the database is closed. Spurious calls are possible; while the database is unavailable there are no calls.
   */
  listen(channel: Channel, listener: () => void): Promise<void>;
  close(): Promise<void>;
}
