import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Database } from '../storage/database.ts';

/** The data that a task thread starts with: only values that can be cloned. */
export interface TaskThreadData {
  readonly config: Config;
  /** `Database.shared` of the main thread's database. */
  readonly shared: Database['shared'];
  /** The module that exports the `connectorList`: functions cannot be passed to another thread. */
  readonly connectorModule: string;
}

/** A task to run. */
export interface TaskAssignment {
  readonly taskId: string;
  /** The lease under which the task was started. */
  readonly lease: string;
}

/** A message to a task thread: run a task, pause it, or end the thread. The thread replies when a task has ended. */
export type TaskThreadMessage = TaskAssignment | 'pause' | 'end';

/** How long a task may take to pause, in milliseconds. Then its thread is terminated: a repeated run continues. */
const patience = 10_000;
/** How long an idle thread waits for a task, in milliseconds. Starting a thread takes longer than a small task. */
const idleTime = 10_000;

/** The size of a thread's young generation, in MB. By default it grows to 110 without being faster. */
const youngGenerationSize = 48;

/** The worker threads that run tasks, each one task at a time. */
export class TaskThreads {
  readonly #data: TaskThreadData;
  /** The idle threads, with the timers that end them. */
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  constructor(data: TaskThreadData) {
    this.#data = data;
  }

  /**
   * Runs a task. Resolves when it has ended or paused, rejects with the error of the thread if that fails.
   * @param signal pauses the task between two batches
   */
  async run(taskId: string, lease: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const worker = this.#take();
    const settled = new AbortController();
    let cutOff: NodeJS.Timeout | undefined;
    const pause = (): void => {
      send(worker, 'pause');
      cutOff = setTimeout(() => void worker.terminate(), patience);
    };
    send(worker, { taskId, lease });
    signal.addEventListener('abort', pause);
    try {
      await Promise.race([
        // Rejects with the error of a thread that fails.
        once(worker, 'message', { signal: settled.signal }),
        once(worker, 'exit', { signal: settled.signal }).then(([code]) => {
          throw new Error(`The task thread ended with code ${code}.`);
        }),
      ]);
      this.#keep(worker);
    } finally {
      signal.removeEventListener('abort', pause);
      clearTimeout(cutOff);
      settled.abort();
    }
  }

  /** Ends the idle threads and waits for their end. */
  async close(): Promise<void> {
    await Promise.all([...this.#idle.keys()].map((worker) => this.#end(worker)));
  }

  #take(): Worker {
    const [worker] = this.#idle.keys();
    if (worker === undefined) {
      return this.#start();
    }
    this.#forget(worker);
    return worker;
  }

  #start(): Worker {
    // The extension is that of this file: `.ts` in development, `.js` in the published package.
    const file = new URL(`./task-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, {
      workerData: this.#data,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationSize },
    });
    worker.once('exit', () => this.#forget(worker));
    // `run` rejects with the error. Without this listener the error of an idle thread would end the process.
    worker.on('error', () => undefined);
    return worker;
  }

  #keep(worker: Worker): void {
    this.#idle.set(
      worker,
      setTimeout(() => void this.#end(worker), idleTime),
    );
  }

  async #end(worker: Worker): Promise<void> {
    this.#forget(worker);
    send(worker, 'end');
    await once(worker, 'exit');
  }

  #forget(worker: Worker): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
  }
}

function send(worker: Worker, message: TaskThreadMessage): void {
  worker.postMessage(message);
}
