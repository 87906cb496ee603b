import { exitCodes } from '../exit-codes.ts';
import type { Progress } from './progress.ts';
import { tell } from './output.ts';

/** Ends the command at SIGINT and SIGTERM with a word on what becomes of what was begun. */
export function onInterruption(progress: Progress, message: () => string): void {
  const stop = (): void => {
    progress.clear();
    tell(`Interrupted. ${message()}`);
    process.exit(exitCodes.interrupted.code);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

/** What becomes of a task that nobody waits for any more. */
export function taskGoesOn(id: string): string {
  return `Task ${id} goes on: "muniment tasks wait ${id}".`;
}
