import { write, writeSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** From how many characters on lines are written. */
const blockLength = 32_768;
/** How long a line waits for others at most, in milliseconds. */
const longestWait = 1000;
/** How often, every 10 milliseconds, the end of a process tries to hand over what the reader of its log has no room for. */
const lastTries = 300;

/** The log, written in blocks to standard error, and what writes the last block. */
export function createLog(config: Config): { log: Logger; flush: () => void } {
  const blocks = new LogBlocks(2);
  const waiting = setInterval(() => blocks.handOver(), longestWait).unref();
  const flush = (): void => {
    clearInterval(waiting);
    process.off('exit', flush);
    blocks.flush();
  };
  // What leads to an end that nobody asked for is what the log is read for.
  process.once('exit', flush);
  return { log: pino({ level: config.logLevel, base: null }, blocks), flush };
}

/**
 * Gathers lines and writes them in blocks, one after the other and never in the way of requests: whoever reads them may
 * be slow. A reader that is gone (a closed terminal or pipe) is no reason to stop.
 */
export class LogBlocks {
  readonly #descriptor: number;
  #gathered = '';
  #pending: Buffer[] = [];
  #isWriting = false;
  #isReaderGone = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  write(line: string): void {
    this.#gathered += line;
    if (this.#gathered.length >= blockLength) {
      this.handOver();
    }
  }

  /** Begins to write what is gathered. */
  handOver(): void {
    this.#close();
    this.#writeNext();
  }

  /**
   * Writes what is left, at the end of the process. A block that is being written is written again: the process may end
   * before the first write does, and lines that are there twice are better than lines that are not.
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

  /** Makes a block of what is gathered. */
  #close(): void {
    if (this.#gathered !== '' && !this.#isReaderGone) {
      this.#pending.push(Buffer.from(this.#gathered));
    }
    this.#gathered = '';
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
        // With the next block it is tried again.
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
