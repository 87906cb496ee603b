import { setTimeout as sleep } from 'node:timers/promises';
import type { PreparingConnection } from './connection.ts';
import type { WaitingWriters } from './waiting-writers.ts';

interface Job {
  /** A batch of a long task: it has a commit of its own, does not wait for the disk, and gives way to others. */
  readonly isBatch: boolean;
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Writes that share one commit at most, so that nobody waits long for the lock. */
const largestGroup = 200;
/** How long writes wait for others to share their commit at most, in milliseconds. */
const longestGathering = 5;
/** How long a group takes in further writes, in milliseconds: reads of this thread wait meanwhile. */
const longestGroup = 5;
/** How long a write waits for another connection's lock, in milliseconds. */
const lockPatience = 15_000;

/**
 * The writes of one connection, one after the other. Writes that arrive together share one BEGIN IMMEDIATE and
 * one commit. Each is answered once that commit is on the disk; meanwhile the next ones are made.
 */
export class WriteQueue {
  readonly #connection: PreparingConnection;
  readonly #waitingWriters: WaitingWriters;
  readonly #toDisk: () => Promise<void>;
  readonly #jobs: Job[] = [];
  /** Groups that are committed and wait for the disk. */
  readonly #onTheWay = new Set<Promise<void>>();
  #draining: Promise<void> | undefined;

  /** @param toDisk resolves when all that was committed before the call is on the disk */
  constructor(connection: PreparingConnection, waitingWriters: WaitingWriters, toDisk: () => Promise<void>) {
    this.#connection = connection;
    this.#waitingWriters = waitingWriters;
    this.#toDisk = toDisk;
  }

  /**
   * Queues `work`, which writes through this queue's connection. Its error rolls back its own writes only. It may be
   * run a second time, after all that it wrote was undone, when another write of its commit fails.
   * @param isBatch commits alone and not durably (see `Database.writeBatch`)
   */
  run<T>(work: () => Promise<T>, isBatch = false): Promise<T> {
    const result = new Promise<unknown>((resolve, reject) => {
      this.#jobs.push({ isBatch, work, resolve, reject });
    });
    this.#draining ??= this.#drain();
    return result as Promise<T>;
  }

  /** Resolves when everything queued so far is settled. */
  async idle(): Promise<void> {
    await this.#draining;
    await Promise.all(this.#onTheWay);
  }

  async #drain(): Promise<void> {
    while (this.#jobs.length > 0) {
      await this.#gather();
      await (this.#jobs[0]?.isBatch === true ? this.#commitBatch() : this.#commitGroup());
    }
    this.#draining = undefined;
  }

  /**
   * Waits until a whole turn of the event loop brings no further write, so that those which come together share a
   * commit: clients that were answered together send their next requests one after the other. Reads have their turns
   * meanwhile.
   */
  async #gather(): Promise<void> {
    const end = Date.now() + longestGathering;
    let known: number;
    await endOfTurn();
    do {
      known = this.#jobs.length;
      await endOfTurn();
    } while (this.#jobs.length > known && this.#jobs.length < largestGroup && Date.now() < end);
  }

  async #commitGroup(): Promise<void> {
    const group: Job[] = [];
    let settle: readonly (() => void)[];
    try {
      await this.#begin();
      settle = (await this.#runTogether(group)) ?? (await this.#runApart(group));
      this.#connection.run('COMMIT', []);
    } catch (error) {
      this.#rollBack();
      // Nothing of the group is kept; a lock that never came fails everything that waited for it.
      rejectAll(group.length > 0 ? group : this.#jobs.splice(0), error);
      return;
    }
    const onTheWay = this.#toDisk().then(
      () => settle.forEach((tell) => tell()),
      (error: unknown) => rejectAll(group, error),
    );
    this.#onTheWay.add(onTheWay);
    void onTheWay.finally(() => this.#onTheWay.delete(onTheWay));
  }

  /**
   * Takes jobs into the group and runs them. Returns what tells their outcomes, or undefined when one failed after it had
   * written: that stands among what the others did. Savepoints would keep it apart, but each costs as much as a write,
   * and most of what is refused is refused before. Throws the error of the first.
   */
  async #runTogether(group: Job[]): Promise<(() => void)[] | undefined> {
    const end = Date.now() + longestGroup;
    const settle: (() => void)[] = [];
    while (group.length < largestGroup && (group.length === 0 || Date.now() < end)) {
      const job = this.#jobs[0];
      if (job === undefined || job.isBatch) {
        break;
      }
      this.#jobs.shift();
      group.push(job);
      const { writes } = this.#connection;
      try {
        const value = await job.work();
        settle.push(() => job.resolve(value));
      } catch (error) {
        if (this.#connection.writes === writes && this.#connection.raw.inTransaction) {
          settle.push(() => job.reject(error));
          continue;
        }
        // Where the engine itself gave up the whole transaction (disk full, for one), so must the group.
        if (group.length === 1 || !this.#connection.raw.inTransaction) {
          throw error;
        }
        return undefined;
      }
    }
    return settle;
  }

  /** Runs a group once more from its beginning, each job in a savepoint, and returns what tells their outcomes. */
  async #runApart(group: readonly Job[]): Promise<(() => void)[]> {
    this.#connection.run('ROLLBACK', []);
    await this.#begin();
    const settle: (() => void)[] = [];
    for (const job of group) {
      settle.push(await this.#runInSavepoint(job));
    }
    return settle;
  }

  async #commitBatch(): Promise<void> {
    const job = this.#jobs.shift();
    if (job === undefined) {
      return;
    }
    try {
      await this.#waitingWriters.giveWay();
      await this.#begin();
      const value = await job.work();
      this.#connection.run('COMMIT', []);
      job.resolve(value);
    } catch (error) {
      this.#rollBack();
      job.reject(error);
    }
  }

  #rollBack(): void {
    try {
      if (this.#connection.raw.inTransaction) {
        this.#connection.run('ROLLBACK', []);
      }
    } catch (error) {
      // The engine undoes an unfinished transaction anyway; what counts is that every waiting write gets its answer.
      process.emitWarning(`A transaction could not be rolled back: ${(error as Error).message}`);
    }
  }

  async #runInSavepoint(job: Job): Promise<() => void> {
    this.#connection.run('SAVEPOINT job', []);
    try {
      const value = await job.work();
      this.#connection.run('RELEASE job', []);
      return () => job.resolve(value);
    } catch (error) {
      if (!this.#connection.raw.inTransaction) {
        // The engine itself gave up the whole transaction (disk full, for one): so must the group.
        throw error;
      }
      this.#connection.run('ROLLBACK TO job', []);
      this.#connection.run('RELEASE job', []);
      return () => job.reject(error);
    }
  }

  async #begin(): Promise<void> {
    if (this.#tryBegin()) {
      return;
    }
    const deadline = Date.now() + lockPatience;
    this.#waitingWriters.add();
    try {
      do {
        await sleep(1);
      } while (!this.#tryBegin(Date.now() > deadline));
    } finally {
      this.#waitingWriters.remove();
    }
  }

  /** Takes the write lock, or returns false when another connection has it. */
  #tryBegin(isLastTry = false): boolean {
    try {
      // IMMEDIATE takes the write lock at once: a deferred one fails when it first reads and another writes.
      this.#connection.run('BEGIN IMMEDIATE', []);
      return true;
    } catch (error) {
      if (isLastTry || !isBusy(error)) {
        throw error;
      }
      return false;
    }
  }
}

function rejectAll(jobs: readonly Job[], error: unknown): void {
  for (const job of jobs) {
    job.reject(error);
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
