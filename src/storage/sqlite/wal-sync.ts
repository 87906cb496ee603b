import { closeSync, constants, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Flushes a file to the disk. */
export type FlushFile = (descriptor: number) => Promise<void>;

/**
 * Flushes the WAL of a database without blocking the calling thread, as SQLite's flush at each commit would: in WAL mode
 * `synchronous = NORMAL` writes a commit without flushing it. One flush covers all commits made before it started.
 */
export class WalSync {
  readonly #descriptor: number;
  readonly #checkpointAll: () => void;
  readonly #flushFile: FlushFile;
  #running: Promise<void> = Promise.resolve();
  /** A flush that has not started. */
  #next: Promise<void> | undefined;
  /** Whether a flush has failed and its commits have not been made durable since. */
  #isInDoubt = false;

  /**
   * @param file the database file. Its WAL must exist, as it does after the first read
   * @param checkpointAll checkpoints the complete WAL and flushes the database file; throws if it is blocked
   */
  constructor(file: string, checkpointAll: () => void, flushFile: FlushFile = promisify(fdatasync)) {
    // Some systems only flush writable descriptors.
    this.#descriptor = openSync(`${file}-wal`, constants.O_RDWR);
    this.#checkpointAll = checkpointAll;
    this.#flushFile = flushFile;
  }

  /**
   * Resolves when everything committed before this call is on disk. Rejects with an error of code `EIO` if that is not
   * certain.
   */
  toDisk(): Promise<void> {
    // The running flush may have started before the last commit was written.
    this.#next ??= this.#running.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  /** Call when no flush is pending, and before SQLite closes the WAL. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    this.#running = this.#flush();
    return this.#running;
  }

  async #flush(): Promise<void> {
    try {
      if (this.#isInDoubt) {
        // The system reports a failure once and then treats the pages as written: the next flush would succeed, but
        // recovery would stop at the gap in the WAL.
        this.#checkpointAll();
        this.#isInDoubt = false;
      } else {
        await this.#flushFile(this.#descriptor);
      }
    } catch (error) {
      this.#isInDoubt = true;
      const { message } = error as Error;
      throw Object.assign(new Error(`The database's WAL could not be flushed: ${message}`, { cause: error }), {
        code: 'EIO',
      });
    }
  }
}
