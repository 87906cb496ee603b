import { fdatasyncSync, statSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { keptWal } from './connection.ts';

/** How long a WAL restart waits for a writer or a read, in milliseconds. Other writers wait meanwhile. */
const patience = 20;
/** How many pages may be checkpointed and flushed while writers wait: some ten milliseconds of work. */
const fewPages = 500;
/** The maximum number of passive checkpoints before a restart, each for the pages written during the previous one. */
const mostPasses = 2;
/** The pause after a failed restart, in milliseconds: a long read is blocking it. */
const pause = 1_000;

/** The result of a checkpoint: whether it was blocked, the pages in the WAL, and the checkpointed pages. */
interface Checkpoint {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Runs checkpoints of a database on a separate connection. By default SQLite would run them in a commit, on the committing
 * thread.
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
    // SQLite flushes the WAL before a checkpoint, and the file before the WAL is restarted.
    this.#connection.pragma('synchronous = NORMAL');
  }

  /** Returns the size of the WAL file, in bytes. It never becomes smaller than `keptWal` once it was larger. */
  static sizeOf(file: string): number {
    return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  get isOutgrown(): boolean {
    return WalCheckpointer.sizeOf(this.#file) > keptWal;
  }

  /**
   * Runs a passive checkpoint, which blocks nobody. If the WAL is too large, it is also restarted, or it would grow without
   * limit: under continuous writes it is never completely checkpointed when the next write starts. So the few remaining
   * pages are checkpointed while writers wait. A long read delays this. An error is emitted as a warning: the WAL only grows
   * until the next attempt.
   */
  checkpoint(): void {
    if (Date.now() < this.#notBefore) {
      return;
    }
    try {
      const { log } = this.#run('PASSIVE');
      if (this.isOutgrown && !this.#restart(log)) {
        this.#notBefore = Date.now() + pause;
      }
    } catch (error) {
      this.#notBefore = Date.now() + pause;
      process.emitWarning(`The checkpoint of the database failed and will be repeated: ${(error as Error).message}`);
    }
  }

  /** Restarts the WAL once nearly all of it is checkpointed and flushed. Returns whether it succeeded. */
  #restart(pagesMoved: number): boolean {
    let moved = pagesMoved;
    for (let pass = 1; pass <= mostPasses; pass += 1) {
      // Flush now, while nobody waits. SQLite flushes the file only after a complete checkpoint, and would otherwise
      // flush all of it while writers wait.
      fdatasyncSync(this.#descriptor);
      const { log, checkpointed } = this.#run('PASSIVE');
      if (checkpointed < log) {
        return false;
      }
      if (log - moved <= fewPages) {
        const { busy } = this.#run('RESTART');
        return busy === 0;
      }
      moved = log;
    }
    return false;
  }

  /** Checkpoints the complete WAL while writers wait. Throws if it is blocked. */
  checkpointAll(): void {
    const { busy, log, checkpointed } = this.#run('RESTART');
    if (busy !== 0 || checkpointed < log) {
      throw new Error('The complete checkpoint was blocked by a read or a write.');
    }
  }

  close(): void {
    this.#connection.close();
  }

  #run(mode: 'PASSIVE' | 'RESTART'): Checkpoint {
    const [result] = this.#connection.pragma(`wal_checkpoint(${mode})`) as Checkpoint[];
    return result ?? { busy: 1, log: 0, checkpointed: 0 };
  }
}
