import { close, constants, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Brings the write-ahead log of a database to the disk without keeping the calling thread waiting for the disk, as the
 * engine's own flush at each commit would: with a log, `synchronous = NORMAL` writes a commit and leaves its flush to
 * others. One flush is for all that was committed before it began.
 */
export class LogFlush {
  readonly #file: string;
  readonly #flushFile: (descriptor: number) => Promise<void>;
  #descriptor: number | undefined;
  #underWay: Promise<void> = Promise.resolve();
  /** A flush that has not begun. */
  #next: Promise<void> | undefined;

  /**
   * @param file the database's
   * @param flushFile brings what was written to a file to the disk
   */
  constructor(file: string, flushFile: (descriptor: number) => Promise<void> = promisify(fdatasync)) {
    this.#file = `${file}-wal`;
    this.#flushFile = flushFile;
  }

  /** Resolves when everything committed before this call is on the disk. Rejects with the file system's error. */
  toDisk(): Promise<void> {
    // The flush under way may have begun before the last commit was written.
    this.#next ??= this.#underWay.then(
      () => this.#flush(),
      () => this.#flush(),
    );
    return this.#next;
  }

  /** Call when nobody waits for a flush any more. */
  close(): void {
    if (this.#descriptor !== undefined) {
      close(this.#descriptor);
      this.#descriptor = undefined;
    }
  }

  #flush(): Promise<void> {
    this.#next = undefined;
    // The file is there as long as the database is open. Some systems flush only what may be written to.
    this.#descriptor ??= openSync(this.#file, constants.O_RDWR);
    this.#underWay = this.#flushFile(this.#descriptor);
    return this.#underWay;
  }
}
