import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { databaseFailure } from '../domain/database-health.ts';

/** How long to wait before the next try, in milliseconds. */
const pause = 1000;

/**
 * Does work that records something in the database, again and again while that is full or out of reach.
 * @throws what else fails, and the failure itself once `signal` is aborted
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
      log.error({ err: error }, 'How a job stands could not be recorded yet; it is tried again.');
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
