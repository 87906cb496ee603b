import { fdatasyncSync, statSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { keptLog } from './connection.ts';

/** How long the log's new beginning waits for a writer or a read, in milliseconds. Writers wait meanwhile. */
const patience = 20;
/** How many pages may be moved and flushed while writers wait: some ten milliseconds' work. */
const fewPages = 500;
/** How often is moved what was written during the last move, until little is left. */
const mostPasses = 2;
/** How long a log that cannot begin anew is left alone, in milliseconds: a read that lasts is in the way. */
const pause = 1_000;

/** What the engine says of a checkpoint: whether somebody was in the way, pages in the log, and those in the file, too. */
interface Checkpoint {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Moves the write-ahead log of a database into its file, on a connection of its own. The engine would do it with a
 * commit, in the thread that commits.
 */
export class WalCheckpointer {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #connection: SqliteConnection.Database;
  #notBefore = 0;

  /**
   * @param file the database's
   * @param descriptor of that file, open for writing
   */
  constructor(file: string, descriptor: number) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#connection = new SqliteConnection(file, { timeout: patience });
    // The log is flushed before it is moved, and the file before the log begins anew.
    this.#connection.pragma('synchronous = NORMAL');
  }

  /** How long the file of the log is, in bytes. It never becomes shorter than what is kept of it. */
  static sizeOf(file: string): number {
    return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  get isOutgrown(): boolean {
    return WalCheckpointer.sizeOf(this.#file) > keptLog;
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
      const { log } = this.#checkpoint('PASSIVE');
      if (this.isOutgrown && !this.#beginAnew(log)) {
        this.#notBefore = Date.now() + pause;
      }
    } catch (error) {
      this.#notBefore = Date.now() + pause;
      process.emitWarning(
        `The log of the database could not be moved into it; that is tried again: ${(error as Error).message}`,
      );
    }
  }

  /** Lets the log begin anew once nearly all of it is in the file and on the disk; returns whether it does. */
  #beginAnew(pagesMoved: number): boolean {
    let moved = pagesMoved;
    for (let pass = 1; pass <= mostPasses; pass += 1) {
      // Here nobody waits for the disk. The engine flushes the file only when nothing was written during the move, and
      // would have all of it to flush while writers wait.
      fdatasyncSync(this.#descriptor);
      const { log, checkpointed } = this.#checkpoint('PASSIVE');
      if (checkpointed < log) {
        return false;
      }
      if (log - moved <= fewPages) {
        const { busy } = this.#checkpoint('RESTART');
        return busy === 0;
      }
      moved = log;
    }
    return false;
  }

  /** Moves all of the log, though writers wait. Throws when it cannot be done at once. */
  moveAll(): void {
    const { busy, log, checkpointed } = this.#checkpoint('RESTART');
    if (busy !== 0 || checkpointed < log) {
      throw new Error('The log could not be moved into the database: somebody reads or writes.');
    }
  }

  close(): void {
    this.#connection.close();
  }

  #checkpoint(mode: 'PASSIVE' | 'RESTART'): Checkpoint {
    const [result] = this.#connection.pragma(`wal_checkpoint(${mode})`) as Checkpoint[];
    return result ?? { busy: 1, log: 0, checkpointed: 0 };
  }
}
