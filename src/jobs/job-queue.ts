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

/** How often a server shows that it lives while its lease would last. */
const beatsPerLease = 6;
/** The longest time between two looks for jobs, in milliseconds, should a notification have been lost. */
const longestWait = 30_000;

interface QueueParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly kinds: Readonly<Record<string, JobKind>>;
  /** How many jobs of a lane run at once in this process; 1 where nothing is said. */
  readonly lanes: Readonly<Record<string, number>>;
  /** How long a job belongs to this server without a sign of life, in milliseconds. */
  readonly lease: number;
}

interface RunningJob {
  readonly job: Job;
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Runs the jobs of the database, each in its lane, and keeps their leases alive. A job whose process died is claimed by
 * another server when its lease lapses. It looks for jobs when it is told that there are some, when the next one
 * becomes due, and when one has ended.
 */
export class JobQueue {
  readonly #parts: QueueParts;
  readonly #running = new Set<RunningJob>();
  #looking: Promise<void> | undefined;
  /** Whether something may have changed since the look that is going on began. */
  #mayHaveMore = false;
  #cancelNextLook: () => void = () => undefined;
  #isStopping = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Begins to claim jobs; where nobody else can hold one, those of a process that was killed go on at once. */
  async start(): Promise<void> {
    const { database } = this.#parts;
    if (!database.dialect.isShared) {
      await storage.releaseAllJobs(database);
    }
    await database.listen('jobs', () => this.#look());
    this.#look();
  }

  /** Stops claiming and pauses what runs; it goes on at the next start, or on another server. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#looking;
    this.#cancelNextLook();
    const running = [...this.#running];
    running.forEach(({ stopping }) => stopping.abort(new Error('The server stops.')));
    await Promise.all(running.map(({ ended }) => ended));
    await Promise.all(Object.values(this.#parts.kinds).map((kind) => kind.close?.()));
  }

  /** How many jobs there are by lane, those of other servers too. While the database is away none are told. */
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

  #look(): void {
    this.#mayHaveMore = true;
    this.#looking ??= this.#lookUntilNothingChanges().finally(() => {
      this.#looking = undefined;
      if (this.#mayHaveMore && !this.#isStopping) {
        this.#look();
      }
    });
  }

  async #lookUntilNothingChanges(): Promise<void> {
    while (this.#mayHaveMore && !this.#isStopping) {
      this.#mayHaveMore = false;
      this.#cancelNextLook();
      const wait = await this.#claimAll().catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'Looking for jobs failed; it is tried again.');
        return this.#parts.lease / beatsPerLease;
      });
      this.#cancelNextLook = this.#parts.clock.after(wait, () => this.#look());
    }
  }

  /** Claims what this server has room for, and returns how long to wait for more, in milliseconds. */
  async #claimAll(): Promise<number> {
    const { database, clock, lease } = this.#parts;
    for (;;) {
      const now = clock.now();
      const claim = { lease: randomUUID(), now, leaseExpires: now + lease, fullLanes: this.#fullLanes() };
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
    const stopBeats = this.#beat(job, stopping);
    const running: RunningJob = {
      job,
      stopping,
      ended: this.#attempt(job, stopping.signal)
        .catch((error: unknown) => {
          this.#parts.log.error({ err: error, job: job.key }, 'The end of a job could not be recorded.');
        })
        .finally(() => {
          stopBeats();
          this.#running.delete(running);
          this.#look();
        }),
    };
    this.#running.add(running);
  }

  /** Runs a job once and records how that ended. */
  async #attempt(job: Job, signal: AbortSignal): Promise<void> {
    const { database, clock, log, kinds } = this.#parts;
    const record = (work: () => Promise<void>): Promise<void> => untilRecorded(work, this.#parts, signal);
    try {
      const kind = kinds[job.kind];
      if (kind === undefined) {
        throw new Error(`This version does not know jobs of kind "${job.kind}".`);
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

  /** Extends the lease of a job again and again, and stops the job when that was too late. Returns what ends it. */
  #beat(job: Job, stopping: AbortController): () => void {
    const { database, clock, log, lease } = this.#parts;
    let cancel: () => void;
    let isOver = false;
    const renew = async (): Promise<void> => {
      try {
        if (!(await storage.renewLease(database, job, clock.now() + lease)) && !isOver) {
          // It was out of reach for so long that another server took it: it must not run twice.
          stopping.abort(new Error('Another server has taken the job over.'));
        }
      } catch (error) {
        log.error({ err: error, job: job.key }, 'The lease of a job could not be extended; it is tried again.');
      }
      if (!isOver) {
        schedule();
      }
    };
    const schedule = (): void => {
      cancel = clock.after(lease / beatsPerLease, () => void renew());
    };
    schedule();
    return () => {
      isOver = true;
      cancel();
    };
  }
}
