import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';

/** What a task thread is given: plain data only. */
export interface TaskThreadData {
  readonly config: Config;
  /** `Database.shared` of the main thread's database. */
  readonly shared: SharedArrayBuffer | undefined;
  readonly taskId: string;
  /** Who claimed the task. */
  readonly worker: string;
}

export interface TaskThread {
  /** Resolves when the thread has ended by itself, rejects when it broke down. */
  readonly ended: Promise<void>;
  /** Asks the thread to end between two batches and waits for it. */
  stop(): Promise<void>;
}

/** How long a thread may take to end when asked, in milliseconds. Its work is safe to cut off: it is run again. */
const patience = 10_000;

/** The memory for short-lived objects of a task's thread, in MB: left to itself it takes 110, for nothing. */
const youngGenerationSize = 48;

/** Runs one task in a thread of its own, with a database connection of its own. */
export function runInThread(data: TaskThreadData): TaskThread {
  // The extension is that of this very file: `.ts` in development, `.js` in the published package.
  const worker = new Worker(new URL(`./task-thread${extname(import.meta.url)}`, import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationSize },
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(`The task thread ended with code ${code}.`));
      }
    });
  });
  return {
    ended,
    stop: async () => {
      worker.postMessage('stop');
      const cutOff = setTimeout(() => void worker.terminate(), patience);
      await ended.catch(() => undefined);
      clearTimeout(cutOff);
    },
  };
}
