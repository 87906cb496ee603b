import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../storage/database.ts';
import { countJobs, type LaneFigures } from '../storage/jobs/job-figures.ts';
import * as storage from '../storage/jobs/job-leases.ts';
import type { Job } from '../storage/jobs/jobs.ts';
import { backOff } from './back-off.ts';
import type { JobKind } from './job-kind.ts';
import { untilRecorded } from './until-recorded.ts';

/** How many times a lease is renewed before it would expire. */
const renewalsPerLease = 6;
/** The maximum time between two polls for jobs, in milliseconds, in case a notification is lost. */
const longestWait = 30_000;

interface QueueParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly kinds: Readonly<Record<string, JobKind>>;
  /** The maximum number of concurrent jobs of each lane in this process; 1 by default. */
  readonly lanes: Readonly<Record<string, number>>;
  /** How long a lease lasts if it is not renewed, in milliseconds. */
  readonly lease: number;
}

interface RunningJob {
  readonly job: Job;
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Runs the jobs of the database, each in its lane, and renews their leases. A job whose process died is claimed by
 * another server when its lease expires. The queue polls for jobs after a notification, when the next job becomes due,
 * and when a job has ended.
 */
export class JobQueue {
  readonly #parts: QueueParts;
  readonly #running = new Set<RunningJob>();
  #polling: Promise<void> | undefined;
  /** Whether there may be new jobs since the current poll began. */
  #mayHaveMore = false;
  #cancelNextPoll: () => void = () => undefined;
  #isStopping = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Starts claiming jobs. If this is the only server, the jobs of a killed process are released first. */
  async start(): Promise<void> {
    const { database } = this.#parts;
    if (!database.dialect.isShared) {
      await storage.releaseAllJobs(database);
    }
    await database.listen('jobs', () => this.#poll());
    this.#poll();
  }

  /** Stops claiming jobs and pauses the running ones. They continue at the next start, or on another server. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#polling;
    this.#cancelNextPoll();
    const running = [...this.#running];
    running.forEach(({ stopping }) => stopping.abort(new Error('The server stops.')));
    await Promise.all(running.map(({ ended }) => ended));
    await Promise.all(Object.values(this.#parts.kinds).map((kind) => kind.close?.()));
  }

  /** Returns the number of jobs of each lane, on all servers. Returns no lanes if the database is unavailable. */
  async figures(): Promise<LaneFigures[]> {
    const { database, clock, lanes, log } = this.#parts;
    try {
      const found = await countJobs(database.scan, clock.now());
      const empty = Object.keys(lanes).filter((lane) => !found.some((one) => one.lane === lane));
      return [...found, ...empty.map((lane) => ({ lane, due: 0, running: 0, failed: 0 }))];
    } catch (error) {
      log.error({ err: error }, 'Jobs could not be counted.');
      return [];
    }
  }

  #poll(): void {
    this.#mayHaveMore = true;
    this.#polling ??= this.#pollUntilNothingChanges().finally(() => {
      this.#polling = undefined;
      if (this.#mayHaveMore && !this.#isStopping) {
        this.#poll();
      }
    });
  }

  async #pollUntilNothingChanges(): Promise<void> {
    while (this.#mayHaveMore && !this.#isStopping) {
      this.#mayHaveMore = false;
      this.#cancelNextPoll();
      const wait = await this.#claimAll().catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'Polling for jobs failed; it will be retried.');
        return this.#parts.lease / renewalsPerLease;
      });
      this.#cancelNextPoll = this.#parts.clock.after(wait, () => this.#poll());
    }
  }

  /** Claims jobs until no job can run or the lanes are full. Returns the time until the next poll, in milliseconds. */
  async #claimAll(): Promise<number> {
    const { database, clock, lease } = this.#parts;
    const kinds = Object.keys(this.#parts.kinds);
    for (;;) {
      const now = clock.now();
      const running = [...this.#running].map(({ job }) => job.key);
      const claim = {
        lease: randomUUID(),
        now,
        leaseExpires: now + lease,
        kinds,
        fullLanes: this.#fullLanes(),
        running,
      };
      const job = await storage.claimJob(database, claim);
      if (job === undefined) {
        const next = (await storage.nextJobTime(database.keyed, now)) ?? Infinity;
        return Math.max(0, Math.min(longestWait, next - clock.now()));
      }
      this.#run(job);
      if (this.#isStopping) {
        return longestWait;
      }
    }
  }

  #fullLanes(): string[] {
    const running = Map.groupBy(this.#running, ({ job }) => job.lane);
    return [...running].filter(([lane, jobs]) => jobs.length >= (this.#parts.lanes[lane] ?? 1)).map(([lane]) => lane);
  }

  #run(job: Job): void {
    const stopping = new AbortController();
    const stopRenewals = this.#keepLease(job, stopping);
    const running: RunningJob = {
      job,
      stopping,
      ended: this.#attempt(job, stopping.signal)
        .catch((error: unknown) => {
          this.#parts.log.error({ err: error, job: job.key }, 'The result of a job could not be recorded.');
        })
        .finally(() => {
          stopRenewals();
          this.#running.delete(running);
          this.#poll();
        }),
    };
    this.#running.add(running);
  }

  /** Runs a job once and records the result. */
  async #attempt(job: Job, signal: AbortSignal): Promise<void> {
    const { database, clock, log, kinds } = this.#parts;
    const record = (work: () => Promise<void>): Promise<void> => untilRecorded(work, this.#parts, signal);
    try {
      const kind = kinds[job.kind];
      if (kind === undefined) {
        throw new Error(`A job of the unknown kind "${job.kind}" was claimed.`);
      }
      const next = await kind.run(job, signal);
      await record(() => storage.completeJob(database, job, next));
    } catch (error) {
      if (signal.aborted) {
        return storage.pauseJob(database, job);
      }
      const wait = backOff(job.attempts);
      log.error({ err: error, job: job.key, kind: job.kind, attempt: job.attempts, wait }, 'A job failed.');
      const text = error instanceof Error ? error.message : String(error);
      await record(() => storage.failJob(database, job, text, clock.now() + wait));
    }
  }

  /** Renews the lease of a job periodically and stops the job if the lease is lost. Returns a function to end this. */
  #keepLease(job: Job, stopping: AbortController): () => void {
    const { database, clock, log, lease } = this.#parts;
    let cancel: () => void;
    let isOver = false;
    const renew = async (): Promise<void> => {
      try {
        if (!(await storage.renewLease(database, job, clock.now() + lease)) && !isOver) {
          // The lease expired and another server claimed the job: it must not run twice.
          stopping.abort(new Error('Another server has taken the job over.'));
        }
      } catch (error) {
        log.error({ err: error, job: job.key }, 'The lease of a job could not be renewed; it will be retried.');
      }
      if (!isOver) {
        schedule();
      }
    };
    const schedule = (): void => {
      cancel = clock.after(lease / renewalsPerLease, () => void renew());
    };
    schedule();
    return () => {
      isOver = true;
      cancel();
    };
  }
}
