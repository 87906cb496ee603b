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
  /** The module that exports the `connectorList`: functions do not pass from thread to thread. */
  readonly connectorModule: string;
}

/** A task to run. */
export interface TaskAssignment {
  readonly taskId: string;
  /** The lease under which the task was begun. */
  readonly lease: string;
}

/** What a task thread is told: to run a task, to pause the one that runs, to end. It answers when a task has ended. */
export type TaskThreadMessage = TaskAssignment | 'pause' | 'end';

/** How long a task may take to pause when asked, in milliseconds. Its work is safe to cut off: it is run again. */
const patience = 10_000;
/** How long a thread waits for the next task, in milliseconds: to load what it runs takes longer than a small task. */
const idleTime = 10_000;

/** The memory for short-lived objects of a thread, in MB: left to itself it takes 110, for nothing. */
const youngGenerationSize = 48;

/** Threads in which tasks run, one at a time in each. */
export class TaskThreads {
  readonly #data: TaskThreadData;
  /** The threads that wait for a task, and when each has waited long enough. */
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  constructor(data: TaskThreadData) {
    this.#data = data;
  }

  /**
   * Runs a task. Resolves when it has ended or paused, rejects when the thread broke down.
   * @param signal asks the task to pause between two batches
   */
  async run(taskId: string, lease: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const worker = this.#take();
    const settled = new AbortController();
    let cutOff: NodeJS.Timeout | undefined;
    const pause = (): void => {
      tell(worker, 'pause');
      cutOff = setTimeout(() => void worker.terminate(), patience);
    };
    tell(worker, { taskId, lease });
    signal.addEventListener('abort', pause);
    try {
      await Promise.race([
        // Rejects with the error of a thread that breaks down.
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

  /** Ends the threads that wait, and waits for them. */
  async close(): Promise<void> {
    await Promise.all([...this.#idle.keys()].map((worker) => this.#end(worker)));
  }

  #take(): Worker {
    const [worker] = this.#idle.keys();
    if (worker === undefined) {
      return this.#begin();
    }
    this.#forget(worker);
    return worker;
  }

  #begin(): Worker {
    // The extension is that of this very file: `.ts` in development, `.js` in the published package.
    const file = new URL(`./task-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, {
      workerData: this.#data,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationSize },
    });
    worker.once('exit', () => this.#forget(worker));
    // Whoever waits for the task hears of it; a thread that waits is just gone.
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
    tell(worker, 'end');
    await once(worker, 'exit');
  }

  #forget(worker: Worker): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
  }
}

function tell(worker: Worker, message: TaskThreadMessage): void {
  worker.postMessage(message);
}
