import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { databaseFailure } from '../domain/database-health.ts';

/** The delay between attempts, in milliseconds. */
const pause = 1000;

/**
 * Runs work that records something in the database, and retries it while the database is full or unavailable.
 * @throws any other error at once, and every error once `signal` is aborted
 */
export async function untilRecorded<T>(
  work: () => Promise<T>,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || databaseFailure(error) === undefined) {
        throw error;
      }
      log.error({ err: error }, 'The state of a job could not be recorded; it will be retried.');
    }
    await wait(clock, signal);
  }
}

async function wait(clock: Clock, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(pause, resolve);
  const stop = (): void => resolve();
  signal.addEventListener('abort', stop);
  await promise;
  signal.removeEventListener('abort', stop);
  cancel();
}
