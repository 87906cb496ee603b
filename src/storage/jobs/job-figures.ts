import { sql } from 'kysely';
import type { Session } from '../database.ts';

/** The numbers of jobs of a lane. A job that failed and is due again counts as both. */
export interface LaneFigures {
  readonly lane: string;
  /** Jobs that are due and do not run. */
  readonly due: number;
  readonly running: number;
  /** Jobs whose last attempt failed. */
  readonly failed: number;
}

/** Returns the numbers of jobs of every lane that has jobs. `now` is UTC milliseconds. */
export async function countJobs({ query }: Session, now: number): Promise<LaneFigures[]> {
  const rows = await query
    .selectFrom('job')
    .select([
      'lane',
      sql<number>`sum(case when lease is null and due <= ${now} then 1 else 0 end)`.as('due'),
      sql<number>`sum(case when lease is not null then 1 else 0 end)`.as('running'),
      sql<number>`sum(case when error is not null then 1 else 0 end)`.as('failed'),
    ])
    .groupBy('lane')
    .execute();
  return rows.map(({ lane, ...figures }) => ({
    lane,
    due: Number(figures.due),
    running: Number(figures.running),
    failed: Number(figures.failed),
  }));
}

/** A job whose last attempt failed. */
export interface FailedJob {
  readonly key: string;
  readonly kind: string;
  readonly attempts: number;
  readonly error: string;
  /** When it runs again, in UTC milliseconds. */
  readonly due: number;
}

/** Returns the jobs whose last attempt failed. */
export async function listFailedJobs({ query }: Session): Promise<FailedJob[]> {
  return query
    .selectFrom('job')
    .select(['key', 'kind', 'attempts', 'error', 'due'])
    .where('error', 'is not', null)
    .orderBy('key')
    .$narrowType<{ error: string }>()
    .execute();
}
