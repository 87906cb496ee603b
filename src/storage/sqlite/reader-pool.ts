import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TextJob } from '../database.ts';
import type { StatementResult } from './connection.ts';
import { WalCheckpointer } from './wal-checkpointer.ts';

/** What a reader thread is asked. */
export type ReaderRequest = { readonly number: number } & (Question | { readonly kind: 'close' });

/** What it answers, under the same number. */
export type ReaderAnswer = { readonly number: number } & (
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly code: string } }
);

type Question =
  | { readonly kind: 'statement'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly kind: 'text'; readonly module: string; readonly name: string; readonly argument: unknown }
  | { readonly kind: 'move-log' };

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Reader {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** The memory for short-lived objects of a reader thread, in MB. */
const youngGenerationSize = 8;
/** How often the size of the write-ahead log is looked at, in milliseconds. */
const lookInterval = 2_000;
/** From this size on, in bytes, the log is moved into the database file. */
const movedSize = 4 * 1024 * 1024;

/**
 * Reader threads over one SQLite file, started when they are needed: a thread takes memory. Each statement goes to
 * the thread with the least to do.
 */
export class ReaderPool {
  readonly #file: string;
  readonly #descriptor: number;
  readonly #size: number;
  readonly #readers: Reader[] = [];
  readonly #looks: NodeJS.Timeout;
  #number = 0;
  #closing = false;

  /** @param descriptor of the file, for the threads to flush it by */
  constructor(file: string, descriptor: number, size: number) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#size = size;
    this.#looks = setInterval(() => this.#moveLog(), lookInterval).unref();
  }

  /** Runs one reading statement. Rejects with the engine's message. */
  async run(text: string, parameters: readonly unknown[]): Promise<StatementResult> {
    return (await this.#ask({ kind: 'statement', text, parameters })) as StatementResult;
  }

  /** Does a job in a thread, which hands over the bytes of its text. Rejects with the message of what went wrong. */
  async readText<A>({ module, name }: TextJob<A>, argument: A): Promise<Buffer> {
    const { buffer, byteOffset, length } = (await this.#ask({ kind: 'text', module, name, argument })) as Uint8Array;
    return Buffer.from(buffer, byteOffset, length);
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#looks);
    // Cutting a thread off while the engine works in it could end the whole process: it closes itself.
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

  #moveLog(): void {
    if (WalCheckpointer.sizeOf(this.#file) >= movedSize) {
      this.#ask({ kind: 'move-log' }).catch((error: Error) => {
        process.emitWarning(`The log of the database could not be looked after; that is tried again: ${error.message}`);
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
    // The extension is that of this very file: `.ts` in development, `.js` in the published package.
    const worker = new Worker(new URL(`./reader-thread${extname(import.meta.url)}`, import.meta.url), {
      workerData: { file, descriptor: this.#descriptor },
      // A thread would take three times as much for what it makes of one page and needs no longer.
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
      // A dead reader would leave requests waiting for ever: the process stops and is started again.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
