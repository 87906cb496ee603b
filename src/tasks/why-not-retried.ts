import { databaseFailure, diskFull } from '../domain/database-health.ts';

/** The maximum number of attempts for a task whose thread fails. */
export const mostAttempts = 3;

/** Returns why a task whose thread failed is not retried, in whole sentences; undefined if it is retried. */
export function whyNotRetried(attempts: number, error: unknown): string | undefined {
  if (databaseFailure(error) === 'full') {
    return `${diskFull} Make room first.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return attempts < mostAttempts ? undefined : message.replace(/\.?$/, '.');
}
