import { closeSync, constants, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Brings what was written to a file to the disk. */
export type FlushFile = (descriptor: number) => Promise<void>;

/**
 * Brings the write-ahead log of a database to the disk without keeping the calling thread waiting for the disk, as the
 * engine's own flush at each commit would: with a log, `synchronous = NORMAL` writes a commit and leaves its flush to
 * others. One flush is for all that was committed before it began.
 */
export class WalSync {
  readonly #descriptor: number;
  readonly #moveAll: () => void;
  readonly #flushFile: FlushFile;
  #underWay: Promise<void> = Promise.resolve();
  /** A flush that has not begun. */
  #next: Promise<void> | undefined;
  /** A flush has failed, and nothing has brought its commits to the disk since. */
  #isInDoubt = false;

  /**
   * @param file the database's. Its log must be there: it is as soon as something was read
   * @param moveAll moves all of the log into the file, and that to the disk; throws when that cannot be done at once
   */
  constructor(file: string, moveAll: () => void, flushFile: FlushFile = promisify(fdatasync)) {
    // Some systems flush only what may be written to.
    this.#descriptor = openSync(`${file}-wal`, constants.O_RDWR);
    this.#moveAll = moveAll;
    this.#flushFile = flushFile;
  }

  /**
   * Resolves when everything committed before this call is on the disk. Rejects with an error of code `EIO` when that
   * cannot be said.
   */
  toDisk(): Promise<void> {
    // The flush under way may have begun before the last commit was written.
    this.#next ??= this.#underWay.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  /** Call when nobody waits for a flush any more, and before the engine closes the log. */
  close(): void {
    closeSync(this.#descriptor);
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    this.#underWay = this.#flush();
    return this.#underWay;
  }

  async #flush(): Promise<void> {
    try {
      if (this.#isInDoubt) {
        // The system tells a failure once and takes what it could not write for written: another flush of the log would
        // succeed, and a log with a hole ends at it.
        this.#moveAll();
        this.#isInDoubt = false;
      } else {
        await this.#flushFile(this.#descriptor);
      }
    } catch (error) {
      this.#isInDoubt = true;
      const { message } = error as Error;
      throw Object.assign(new Error(`The log of the database could not be flushed: ${message}`, { cause: error }), {
        code: 'EIO',
      });
    }
  }
}
