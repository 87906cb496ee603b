import { setTimeout as sleep } from 'node:timers/promises';

/** How long a batch gives way to others at most, in milliseconds: a stream of small writes must not stop a long task. */
const longestWait = 50;

/**
 * How many writers of this process wait for SQLite's write lock, known to all its threads. SQLite gives the lock to
 * whoever asks at the right moment; a task that takes it again at once would keep requests waiting for many batches.
 * A thread that dies while it waits leaves its wish behind: batches are then slower until the next start, not wrong.
 */
export class LockWishes {
  /** To be given to the other threads. */
  readonly shared: SharedArrayBuffer;
  readonly #count: Int32Array;

  /** @param shared that of the process's other threads; absent for the first */
  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#count = new Int32Array(shared);
  }

  add(): void {
    Atomics.add(this.#count, 0, 1);
  }

  remove(): void {
    Atomics.sub(this.#count, 0, 1);
  }

  /** Resolves when nobody waits for the lock, or a while later. */
  async giveWay(): Promise<void> {
    const end = Date.now() + longestWait;
    while (Atomics.load(this.#count, 0) > 0 && Date.now() < end) {
      await sleep(1);
    }
  }
}
