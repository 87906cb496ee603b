import type { Job } from '../storage/jobs/jobs.ts';

/** How jobs of one kind are done. A job may be run again after it was done: its server may die before it says so. */
export interface JobKind {
  /**
   * Does a job. Resolves when it is done: with the time at which it is to be done again, in UTC milliseconds, or
   * undefined. What it throws is recorded, and the job is tried again later.
   * @param signal aborted when the server stops or has lost the job: throw its reason to pause
   */
  run(job: Job, signal: AbortSignal): Promise<number | undefined>;
  /** Called when the server stops, after the last of its jobs. */
  close?(): Promise<void>;
}
