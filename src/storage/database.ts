import type { Insertable, Kysely } from 'kysely';
import type { ChangedKey, CommitListener } from './changes/committed-changes.ts';
import type { Dialect } from './dialect.ts';
import type { Tables } from './tables.ts';

/** What may have changed when somebody is notified. */
export type Channel = 'jobs';

/** Where queries run: a connection or pool together with what its engine can do. */
export interface Session {
  readonly query: Kysely<Tables>;
  readonly dialect: Dialect;
  /** Runs a statement that is written already (see `prepared`), which the engine keeps prepared. */
  run<R>(text: string, parameters: readonly unknown[]): Promise<R[]>;
}

/**
 * A session inside one write transaction. Everything done through it is committed together or not at all.
 * It is a type of its own so that no write can be given a read session by accident.
 */
export interface Transaction extends Session {
  readonly isTransaction: true;
  /** The objects of which caches must read again once this transaction is committed (see `recordChanges`). */
  readonly changed: ChangedKey[];
  /**
   * Runs a statement like `run`, of which nothing is read. Where waiting for an answer would take time it may resolve
   * before that: when the statement fails, a later one or the end of the transaction rejects with its error.
   */
  send(text: string, parameters: readonly unknown[]): Promise<void>;
  /** Calls the listeners of a channel, on all servers, once the transaction is committed. */
  notify(channel: Channel): Promise<void>;
  /** Inserts rows of the same columns, in the way that is fastest on the engine. It fails as `send` does. */
  insertRows<T extends keyof Tables>(table: T, rows: readonly Insertable<Tables[T]>[]): Promise<void>;
}

/** What reading needs of a database. */
export interface Reads {
  readonly dialect: Dialect;
  /**
   * Reads that an index answers at once: they run in the calling thread. They see what was committed when this turn of
   * the event loop began, and every write of this object that was waited for.
   */
  readonly keyed: Session;
  /** Reads that may scan (lists, counts, deep pages): they never hold up the calling thread. */
  readonly scan: Session;
}

/**
 * Reading that ends in one text. It is done where the data is, maybe in another thread, so that one block of bytes is
 * handed over instead of many rows. The other thread imports `module` and takes what it exports under `name`: this job.
 */
export interface TextJob<A> {
  /** `import.meta.url` of the file that exports it. */
  readonly module: string;
  readonly name: string;
  /** @param argument what can be handed to another thread: no functions, no classes */
  readonly run: (reads: Reads, argument: A) => Promise<string>;
}

/** What the threads of one process share that have the same database open. */
export interface SharedDatabase {
  /** The name of the channel on which they tell each other what they changed. */
  readonly changes: string;
  /** Of the embedded database only. */
  readonly file?: SharedFile;
}

/** What the threads of one process share that have the same SQLite file open. */
export interface SharedFile {
  /** How many writes of requests wait for the lock. */
  readonly waitingWriters: SharedArrayBuffer;
  /** A descriptor of the file, which stays open as long as the database of the first thread is. */
  readonly descriptor: number;
}

/** One tenant's database, on either engine. */
export interface Database extends Reads {
  /** What threads that open the same database must be given. */
  readonly shared: SharedDatabase;
  /** Does a reading job and returns its text in UTF-8, like `scan` without holding up the calling thread. */
  readText<A>(job: TextJob<A>, argument: A): Promise<Buffer>;
  /**
   * Runs `work` inside a write transaction and returns its result once that is durable.
   * `work` may run again when the engine asks for a repetition or a write that shares its commit fails, so it must do
   * nothing but query and compute.
   * Errors of `work` roll its own writes back and are passed on.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Like `write`, for one batch of a long task that is run again when it is interrupted. It does not wait for the disk:
   * when the power fails the newest batches may be gone, each of them whole, unless a `write` of anyone came after
   * them. It lets other writers go first.
   */
  writeBatch<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Has `listener` told which clients and identities a write changed or deleted, once it is committed: before its
   * promise settles where this object wrote, soon after it where another thread of this process did.
   */
  onCommit(listener: CommitListener): void;
  /**
   * Lets the engine look at the data again where that has changed much, so that it chooses the right indexes.
   */
  refreshStatistics(): Promise<void>;
  /**
   * Calls `listener` soon after a transaction that notified the channel was committed, here or on another server, until
   * the database is closed. It may be called for nothing, and while the database is out of reach it is not called.
   */
  listen(channel: Channel, listener: () => void): Promise<void>;
  close(): Promise<void>;
}
