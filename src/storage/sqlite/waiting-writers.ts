import { setTimeout as sleep } from 'node:timers/promises';

/** The longest time a batch waits for other writers, in milliseconds: small writes must not starve a long task. */
const longestWait = 50;

/**
 * The number of requests' writes that wait for SQLite's write lock, shared by all threads of the process. The lock goes to
 * whoever tries at the right moment; a task that takes it again immediately would make requests wait for many batches.
 * Writers in task threads are not counted: nobody waits for them, and a thread that died while waiting would never be
 * subtracted. The main thread only dies with the process.
 */
export class WaitingWriters {
  /** The counter, to be passed to the other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #count: Int32Array;
  readonly #isCounted: boolean;

  /** @param shared the counter of the main thread; undefined in the main thread */
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

  /** Resolves when no request waits for the lock, or after a timeout. */
  async giveWay(): Promise<void> {
    const end = Date.now() + longestWait;
    while (Atomics.load(this.#count, 0) > 0 && Date.now() < end) {
      await sleep(1);
    }
  }
}
