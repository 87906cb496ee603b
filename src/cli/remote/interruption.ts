import { exitCodes } from '../exit-codes.ts';
import type { Progress } from './progress.ts';
import { inform } from './output.ts';

/** Exits on SIGINT and SIGTERM with a message about the work in progress. */
export function onInterruption(progress: Progress, message: () => string): void {
  const stop = (): void => {
    progress.clear();
    inform(`Interrupted. ${message()}`);
    process.exit(exitCodes.interrupted.code);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

/** The message about a task that the command no longer waits for. */
export function taskContinues(id: string): string {
  return `Task ${id} continues: "muniment tasks wait ${id}".`;
}
