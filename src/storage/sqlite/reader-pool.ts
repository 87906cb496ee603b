import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadText, TextJob } from '../database.ts';
import type { StatementResult } from './connection.ts';
import { PageBuffers } from './page-buffers.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';

/** A request to a reader thread. */
export type ReaderRequest = { readonly number: number } & (Question | { readonly kind: 'close' });

/** Its response, with the same number. */
export type ReaderAnswer = { readonly number: number } & (
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly code: string } }
);

/** Asks for the text of a job. The answer is its length in `buffer`, in bytes, or the bytes. */
export interface TextQuestion {
  readonly kind: 'text';
  readonly module: string;
  readonly name: string;
  readonly argument: unknown;
  readonly buffer: SharedArrayBuffer | undefined;
}

type Question =
  | { readonly kind: 'statement'; readonly text: string; readonly parameters: readonly unknown[] }
  | TextQuestion
  | { readonly kind: 'checkpoint' };

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Reader {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** The size of the young generation of a reader thread, in MB. */
const youngGenerationSize = 8;
/** The interval at which the size of the WAL is checked, in milliseconds. */
const checkInterval = 2_000;
/** The size of the WAL, in bytes, from which on it is checkpointed. */
const checkpointSize = 4 * 1024 * 1024;

/**
 * Reader threads for one SQLite file, started on demand to save memory. Each statement is sent to the least busy thread.
 */
export class ReaderPool {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #size: number;
  readonly #readers: Reader[] = [];
  readonly #checks: NodeJS.Timeout;
  readonly #buffers = new PageBuffers();
  #number = 0;
  #closing = false;

  /** @param descriptor of the file, with which the threads flush it */
  constructor(file: string, descriptor: number, size: number) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#size = size;
    this.#checks = setInterval(() => this.#checkpoint(), checkInterval).unref();
  }

  /** Runs one read statement. Rejects with SQLite's message. */
  async run(text: string, parameters: readonly unknown[]): Promise<StatementResult> {
    return (await this.#ask({ kind: 'statement', text, parameters })) as StatementResult;
  }

  /**
   * Runs a job in a thread, which writes its text into a shared buffer. If the text does not fit, or all buffers are in
   * use, the thread transfers the bytes. Rejects with the error's message.
   */
  async readText<A>({ module, name }: TextJob<A>, argument: A): Promise<ReadText> {
    const buffer = this.#buffers.take();
    const release = (): void => this.#buffers.release(buffer);
    try {
      const result = await this.#ask({ kind: 'text', module, name, argument, buffer });
      if (buffer !== undefined && typeof result === 'number') {
        return { bytes: Buffer.from(buffer, 0, result), release };
      }
      release();
      const { buffer: transferred, byteOffset, length } = result as Uint8Array;
      return { bytes: Buffer.from(transferred, byteOffset, length), release: () => {} };
    } catch (error) {
      release();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#checks);
    // Terminating a thread during a call to SQLite could crash the process: the thread closes itself.
    await Promise.all(
      this.#readers.map(async ({ worker }) => {
        const exited = once(worker, 'exit');
        worker.postMessage({ kind: 'close', number: 0 } satisfies ReaderRequest);
        await exited;
      }),
    );
  }

  #ask(question: Question): Promise<unknown> {
    if (this.#closing) {
      return Promise.reject(new Error('The database was closed.'));
    }
    const reader = this.#leastBusy();
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      reader.waiting.set(number, { resolve, reject });
      reader.worker.postMessage({ ...question, number });
    });
  }

  #checkpoint(): void {
    if (WalCheckpointer.sizeOf(this.#file) >= checkpointSize) {
      this.#ask({ kind: 'checkpoint' }).catch((error: Error) => {
        process.emitWarning(`The database's WAL could not be checked and will be checked again: ${error.message}`);
      });
    }
  }

  #leastBusy(): Reader {
    const best = this.#readers.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
    if (best !== undefined && (best.waiting.size === 0 || this.#readers.length === this.#size)) {
      return best;
    }
    const started = this.#start(this.#file);
    this.#readers.push(started);
    return started;
  }

  #start(file: string): Reader {
    // The extension is that of this file: `.ts` in development, `.js` in the published package.
    const worker = new Worker(new URL(`./reader-thread${extname(import.meta.url)}`, import.meta.url), {
      workerData: { file, descriptor: this.#descriptor },
      // By default a thread would use three times as much memory for the garbage of a page.
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationSize },
    });
    const waiting = new Map<number, Waiting>();
    worker.on('message', (answer: ReaderAnswer) => {
      const asker = waiting.get(answer.number);
      waiting.delete(answer.number);
      if ('result' in answer) {
        asker?.resolve(answer.result);
      } else {
        asker?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }));
      }
    });
    worker.on('error', (error: Error) => this.#fail(waiting, error));
    worker.on('exit', () => this.#fail(waiting, new Error('The database was closed.')));
    return { worker, waiting };
  }

  #fail(waiting: Map<number, Waiting>, error: Error): void {
    for (const asker of waiting.values()) {
      asker.reject(error);
    }
    waiting.clear();
    if (!this.#closing) {
      // A dead reader thread would leave requests waiting forever: let the process crash and be restarted.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
