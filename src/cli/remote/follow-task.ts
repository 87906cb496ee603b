import type { Client } from '../../client/client.ts';
import { inform, write, writeJson } from './output.ts';
import { onInterruption, taskContinues } from './interruption.ts';
import { Progress } from './progress.ts';
import type { RemoteFlags } from './session.ts';
import { reportTask } from './task-report.ts';
import { waitForTask } from './wait-for-task.ts';

/** The flags of a command that starts a task. */
export interface FollowFlags extends RemoteFlags {
  /** False with `--no-wait`. */
  readonly wait: boolean;
  /** In seconds. */
  readonly timeout?: number;
}

/** Waits for a task and prints its outcome, which is the exit code. With `--no-wait`, prints its id. */
export async function followTask(
  client: Client,
  taskId: string,
  flags: FollowFlags,
  progress: Progress,
): Promise<void> {
  if (flags.wait) {
    inform(`The task is ${taskId}.`);
    await reportTask(await waitForTask(client, taskId, progress, flags.timeout), flags);
  } else if (flags.json === true) {
    await writeJson((await client.call('getTaskStatus', { path: { id: taskId } })).body);
  } else {
    await write(`${taskId}\n`);
    inform(`The task is running. To wait for it: muniment tasks wait ${taskId}`);
  }
}

/** Does the same for a task without an upload. */
export async function followRequestedTask(client: Client, taskId: string, flags: FollowFlags): Promise<void> {
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  onInterruption(progress, () => taskContinues(taskId));
  await followTask(client, taskId, flags, progress);
}
