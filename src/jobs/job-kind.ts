import type { Job } from '../storage/jobs/jobs.ts';

/** The code for jobs of one kind. A job may run again after it succeeded if its server dies before that is recorded. */
export interface JobKind {
  /**
   * Runs a job. Resolves when it has succeeded: with the time of its next run, in UTC milliseconds, or undefined.
   * An error is recorded, and the job is retried later.
   * @param signal aborted when the server stops or has lost the lease; throw its reason to pause the job
   */
  run(job: Job, signal: AbortSignal): Promise<number | undefined>;
  /** Called when the server stops, after its last job has ended. */
  close?(): Promise<void>;
}
