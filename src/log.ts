import { write, writeSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** The number of buffered characters at which a block is written. */
const blockLength = 32_768;
/** The longest time that a line is buffered, in milliseconds. */
const longestWait = 1000;
/** How many times, 10 milliseconds apart, the end of the process retries when the log's pipe is full. */
const lastTries = 300;

/** Creates a log that writes blocks to standard error, and a function that writes the last block. */
export function createLog(config: Config): { log: Logger; flush: () => void } {
  const blocks = new LogBlocks(2);
  const waiting = setInterval(() => blocks.writeBlocks(), longestWait).unref();
  const flush = (): void => {
    clearInterval(waiting);
    process.off('exit', flush);
    blocks.flush();
  };
  // The last lines before an unexpected exit are the most important ones.
  process.once('exit', flush);
  return { log: pino({ level: config.logLevel, base: null }, blocks), flush };
}

/**
 * Buffers lines and writes them in blocks, one at a time and asynchronously, because the reader of the log may be slow.
 * If the reader is gone (a closed terminal or pipe), lines are discarded and the server keeps running.
 */
export class LogBlocks {
  readonly #descriptor: number;
  #buffered = '';
  #pending: Buffer[] = [];
  #isWriting = false;
  #isReaderGone = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  write(line: string): void {
    this.#buffered += line;
    if (this.#buffered.length >= blockLength) {
      this.writeBlocks();
    }
  }

  /** Starts writing the buffered lines. */
  writeBlocks(): void {
    this.#close();
    this.#writeNext();
  }

  /**
   * Writes the remaining lines synchronously, at the end of the process. A block whose asynchronous write is still pending
   * is written again: the process may exit before that write completes, and duplicate lines are better than missing ones.
   */
  flush(): void {
    this.#close();
    for (let tries = 0; this.#pending.length > 0 && tries < lastTries && !this.#isReaderGone;) {
      try {
        this.#advance(writeSync(this.#descriptor, this.#pending[0] ?? Buffer.alloc(0)));
      } catch (error) {
        this.#fail(error as NodeJS.ErrnoException);
        tries += 1;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      }
    }
    this.#pending = [];
  }

  /** Turns the buffered lines into a block. */
  #close(): void {
    if (this.#buffered !== '' && !this.#isReaderGone) {
      this.#pending.push(Buffer.from(this.#buffered));
    }
    this.#buffered = '';
  }

  #writeNext(): void {
    const [block] = this.#pending;
    if (block === undefined || this.#isWriting) {
      return;
    }
    this.#isWriting = true;
    write(this.#descriptor, block, (error, written) => {
      this.#isWriting = false;
      if (error === null) {
        this.#advance(written);
        this.#writeNext();
      } else {
        // Retried with the next block.
        this.#fail(error);
      }
    });
  }

  #advance(written: number): void {
    const [block] = this.#pending;
    if (block === undefined || written >= block.length) {
      this.#pending.shift();
    } else {
      this.#pending[0] = block.subarray(written);
    }
  }

  #fail({ code }: NodeJS.ErrnoException): void {
    if (code !== 'EAGAIN') {
      this.#isReaderGone = true;
      this.#pending = [];
    }
  }
}
