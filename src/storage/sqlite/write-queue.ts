import { setTimeout as sleep } from 'node:timers/promises';
import type { PreparingConnection } from './connection.ts';
import type { WaitingWriters } from './waiting-writers.ts';

interface Job {
  /** A batch of a long task: it has a separate commit, does not wait for the disk, and lets waiting writers go first. */
  readonly isBatch: boolean;
  readonly work: () => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** The maximum number of writes in one commit, so that nobody waits long for the lock. */
const largestGroup = 200;
/** The longest time that writes wait for others to share their commit, in milliseconds. */
const longestGathering = 5;
/** How long further writes are added to a group, in milliseconds: reads of this thread wait meanwhile. */
const longestGroup = 5;
/** The longest time that a write waits for another connection's lock, in milliseconds. */
const lockPatience = 15_000;

/**
 * Runs the writes of one connection, one at a time. Writes that arrive together share one BEGIN IMMEDIATE and one commit.
 * Each resolves once that commit is on disk; meanwhile the next ones run.
 */
export class WriteQueue {
  readonly #connection: PreparingConnection;
  readonly #waitingWriters: WaitingWriters;
  readonly #toDisk: () => Promise<void>;
  readonly #jobs: Job[] = [];
  /** Committed groups that wait for the disk. */
  readonly #flushing = new Set<Promise<void>>();
  #draining: Promise<void> | undefined;

  /** @param toDisk resolves when everything committed before the call is on disk */
  constructor(connection: PreparingConnection, waitingWriters: WaitingWriters, toDisk: () => Promise<void>) {
    this.#connection = connection;
    this.#waitingWriters = waitingWriters;
    this.#toDisk = toDisk;
  }

  /**
   * Queues `work`, which writes through this queue's connection. Its error rolls back its own writes only. It may be run a
   * second time, after a rollback, if another write of its commit fails.
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
    await Promise.all(this.#flushing);
  }

  async #drain(): Promise<void> {
    while (this.#jobs.length > 0) {
      await this.#gather();
      await (this.#jobs[0]?.isBatch === true ? this.#commitBatch() : this.#commitGroup());
    }
    this.#draining = undefined;
  }

  /**
   * Waits until an event-loop tick brings no more writes, so that writes which arrive together share a commit: clients that
   * received their responses together send their next requests within a few ticks. Reads run meanwhile.
   */
  async #gather(): Promise<void> {
    const end = Date.now() + longestGathering;
    let known: number;
    await endOfTick();
    do {
      known = this.#jobs.length;
      await endOfTick();
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
      // The whole group was rolled back; if the lock was not obtained, all queued writes fail.
      rejectAll(group.length > 0 ? group : this.#jobs.splice(0), error);
      return;
    }
    const flushed = this.#toDisk().then(
      () => settle.forEach((run) => run()),
      (error: unknown) => rejectAll(group, error),
    );
    this.#flushing.add(flushed);
    void flushed.finally(() => this.#flushing.delete(flushed));
  }

  /**
   * Adds jobs to the group and runs them. Returns callbacks that settle them, or undefined if one failed after it had
   * written, so that its writes are mixed with those of the others. Savepoints would separate them, but each costs as much
   * as a write, and most jobs that fail do so before writing. Throws the error of the first job.
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
        // If SQLite has rolled back the whole transaction (e.g. disk full), the group fails.
        if (group.length === 1 || !this.#connection.raw.inTransaction) {
          throw error;
        }
        return undefined;
      }
    }
    return settle;
  }

  /** Runs a group again from the start, each job in a savepoint, and returns callbacks that settle them. */
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
      // SQLite rolls back an unfinished transaction anyway; what matters is that every waiting write is settled.
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
        // SQLite has rolled back the whole transaction (e.g. disk full): the group fails.
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

  /** Takes the write lock, or returns false if another connection has it. */
  #tryBegin(isLastTry = false): boolean {
    try {
      // IMMEDIATE takes the write lock now: a deferred transaction fails if it reads first and another one writes.
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

function endOfTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
