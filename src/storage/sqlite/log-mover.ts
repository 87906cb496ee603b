import { statSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { keptLog } from './connection.ts';

/** How long the log's new beginning waits for a writer or a read, in milliseconds. Writers wait meanwhile. */
const patience = 20;
/** How many pages may be moved while writers wait: a few milliseconds' work. */
const fewPages = 2_000;
/** How often is moved what was written during the last move, until little is left. */
const mostPasses = 4;
/** How long a log that cannot begin anew is left alone, in milliseconds: a read that lasts is in the way. */
const pause = 1_000;

/** What the engine says of a checkpoint: pages in the log, and how many of them are in the file, too. */
interface Checkpoint {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Moves the write-ahead log of a database into its file, on a connection of its own. The engine would do it with a
 * commit, in the thread that commits.
 */
export class LogMover {
  readonly #file: string;
  readonly #connection: SqliteConnection.Database;
  #notBefore = 0;

  /** @param file the database's */
  constructor(file: string) {
    this.#file = file;
    this.#connection = new SqliteConnection(file, { timeout: patience });
    // The log is flushed before it is moved, and the file before the log begins anew.
    this.#connection.pragma('synchronous = NORMAL');
  }

  /** How long the file of the log is, in bytes. It never becomes shorter than what is kept of it. */
  static sizeOf(file: string): number {
    return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  get isOutgrown(): boolean {
    return LogMover.sizeOf(this.#file) > keptLog;
  }

  /**
   * Moves what is there, and keeps nobody waiting. A log that has outgrown its file must begin anew as well, or it would
   * grow for ever: where writes follow each other it never happens that all of it is moved when the next one begins.
   * So what little was written meanwhile is moved while writers wait. A read that lasts puts that off. What fails is
   * told as a warning: the log only grows until it is tried again.
   */
  move(): void {
    if (Date.now() < this.#notBefore) {
      return;
    }
    try {
      let left = this.#checkpoint('PASSIVE');
      if (this.isOutgrown) {
        for (let passes = 1; left > fewPages && passes < mostPasses; passes += 1) {
          left = this.#checkpoint('PASSIVE');
        }
        if (left > fewPages || this.#checkpoint('RESTART') > 0) {
          this.#notBefore = Date.now() + pause;
        }
      }
    } catch (error) {
      this.#notBefore = Date.now() + pause;
      process.emitWarning(
        `The log of the database could not be moved into it; that is tried again: ${(error as Error).message}`,
      );
    }
  }

  /** Moves all of the log, though writers wait. Throws when it cannot be done at once. */
  moveAll(): void {
    if (this.#checkpoint('RESTART') > 0) {
      throw new Error('The log could not be moved into the database: somebody reads or writes.');
    }
  }

  close(): void {
    this.#connection.close();
  }

  /** Returns how many pages are left to be moved; at least one when somebody was in the way. */
  #checkpoint(mode: 'PASSIVE' | 'RESTART'): number {
    const [result] = this.#connection.pragma(`wal_checkpoint(${mode})`) as Checkpoint[];
    const { busy = 1, log = 0, checkpointed = 0 } = result ?? {};
    return Math.max(busy, log - checkpointed);
  }
}
