import type { Client } from '../../client/client.ts';
import { onInterruption, taskContinues } from './interruption.ts';
import { inform, write, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import type { RemoteFlags } from './session.ts';
import { reportTask } from './task-report.ts';
import { waitForTask } from './wait-for-task.ts';

/** The options of commands that start a task. */
export interface FollowFlags extends RemoteFlags {
  /** False with `--no-wait`. */
  readonly wait: boolean;
  /** In seconds. */
  readonly timeout?: number;
}

/**
 * Waits for a task that was requested, and prints its outcome, which is the exit code. With `--no-wait` prints its id.
 * @param answer the server's answer to the request, for JSON output
 */
export async function followTask(client: Client, id: string, answer: object, flags: FollowFlags): Promise<void> {
  if (flags.wait) {
    const progress = new Progress(process.stderr, process.stderr.isTTY);
    onInterruption(progress, () => taskContinues(id));
    await reportTask(await waitForTask(client, id, progress, flags.timeout), flags);
  } else if (flags.json === true) {
    await writeJson(answer);
  } else {
    await write(`${id}\n`);
    inform(`The task is running. To wait for it: muniment tasks wait ${id}`);
  }
}
