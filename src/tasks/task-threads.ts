import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Database } from '../storage/database.ts';

/** What a task thread is given: plain data only. */
export interface TaskThreadData {
  readonly config: Config;
  /** `Database.shared` of the main thread's database. */
  readonly shared: Database['shared'];
  /** Who claims the tasks. */
  readonly worker: string;
  /** The module that exports the `connectorList`: functions do not pass from thread to thread. */
  readonly connectorModule: string;
}

/** What a task thread is told: to run a task, to pause the one that runs, to end. It answers when a task has ended. */
export type TaskThreadMessage = { readonly taskId: string } | 'pause' | 'end';

export interface TaskThread {
  /** Resolves when the task has ended or paused, rejects when the thread broke down. */
  readonly ended: Promise<void>;
  /** Asks the task to pause between two batches and waits for it. */
  stop(): Promise<void>;
}

/** How long a task may take to pause when asked, in milliseconds. Its work is safe to cut off: it is run again. */
const patience = 10_000;
/** How long a thread waits for the next task, in milliseconds: to load what it runs takes longer than a small task. */
const idleTime = 10_000;

/** The memory for short-lived objects of a thread, in MB: left to itself it takes 110, for nothing. */
const youngGenerationSize = 48;

/** Runs tasks in a thread of their own, one after the other. */
export class TaskThreads {
  readonly #data: TaskThreadData;
  /** The thread that waits for a task, and when it has waited long enough. */
  #idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout } | undefined;

  constructor(data: TaskThreadData) {
    this.#data = data;
  }

  run(taskId: string): TaskThread {
    const worker = this.#take();
    const settled = new AbortController();
    const ended = Promise.race([
      // Rejects with the error of a thread that breaks down.
      once(worker, 'message', { signal: settled.signal }),
      once(worker, 'exit', { signal: settled.signal }).then(([code]) => {
        throw new Error(`The task thread ended with code ${code}.`);
      }),
    ])
      .then(() => this.#keep(worker))
      .finally(() => settled.abort());
    tell(worker, { taskId });
    return {
      ended,
      stop: async () => {
        if (settled.signal.aborted) {
          return;
        }
        tell(worker, 'pause');
        const cutOff = setTimeout(() => void worker.terminate(), patience);
        await ended.catch(() => undefined);
        clearTimeout(cutOff);
      },
    };
  }

  /** Ends the thread that waits, if there is one, and waits for it. */
  async close(): Promise<void> {
    if (this.#idle !== undefined) {
      const worker = this.#take();
      tell(worker, 'end');
      await once(worker, 'exit');
    }
  }

  #take(): Worker {
    if (this.#idle === undefined) {
      return this.#begin();
    }
    const { worker, timer } = this.#idle;
    clearTimeout(timer);
    this.#idle = undefined;
    return worker;
  }

  #begin(): Worker {
    // The extension is that of this very file: `.ts` in development, `.js` in the published package.
    const file = new URL(`./task-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, {
      workerData: this.#data,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationSize },
    });
    worker.once('exit', () => {
      if (this.#idle?.worker === worker) {
        this.#take();
      }
    });
    // Whoever waits for the task hears of it; a thread that waits is just gone.
    worker.on('error', () => undefined);
    return worker;
  }

  #keep(worker: Worker): void {
    this.#idle = { worker, timer: setTimeout(() => void this.close(), idleTime) };
  }
}

function tell(worker: Worker, message: TaskThreadMessage): void {
  worker.postMessage(message);
}
