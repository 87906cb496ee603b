import { setTimeout as sleep } from 'node:timers/promises';

/** How long a batch gives way to others at most, in milliseconds: a stream of small writes must not stop a long task. */
const longestWait = 50;

/**
 * How many writes of requests wait for SQLite's write lock, known to all threads of the process. SQLite gives the lock
 * to whoever asks at the right moment; a task that takes it again at once would keep requests waiting for many batches.
 * Those of tasks' threads do not count: nobody gives way to them, and a thread that died while it waited would leave
 * its wish behind. The thread that serves requests dies with the process only.
 */
export class WaitingWriters {
  /** To be given to the other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #count: Int32Array;
  readonly #isCounted: boolean;

  /** @param shared that of the thread that serves requests; absent in it */
  constructor(shared?: SharedArrayBuffer) {
    this.shared = shared ?? new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#count = new Int32Array(this.shared);
    this.#isCounted = shared === undefined;
  }

  add(): void {
    if (this.#isCounted) {
      Atomics.add(this.#count, 0, 1);
    }
  }

  remove(): void {
    if (this.#isCounted) {
      Atomics.sub(this.#count, 0, 1);
    }
  }

  /** Resolves when no request waits for the lock, or a while later. */
  async giveWay(): Promise<void> {
    const end = Date.now() + longestWait;
    while (Atomics.load(this.#count, 0) > 0 && Date.now() < end) {
      await sleep(1);
    }
  }
}
