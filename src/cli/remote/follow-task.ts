import type { Client } from '../../client/client.ts';
import { inform, write, writeJson } from './output.ts';
import type { Progress } from './progress.ts';
import type { RemoteFlags } from './session.ts';
import { reportTask } from './task-report.ts';
import { waitForTask } from './wait-for-task.ts';

/** The flags of a command that uploads a file for a task. */
export interface FollowFlags extends RemoteFlags {
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly timeout?: number;
}

/** Waits for the task of an uploaded file and prints its outcome; with `--no-wait`, prints its id. */
export async function followTask(
  client: Client,
  taskId: string,
  flags: FollowFlags,
  progress: Progress,
): Promise<void> {
  if (flags.wait) {
    inform(`Uploaded. The task is ${taskId}.`);
    await reportTask(await waitForTask(client, taskId, progress, flags.timeout), flags);
  } else if (flags.json === true) {
    await writeJson((await client.call('getTaskStatus', { path: { id: taskId } })).body);
  } else {
    await write(`${taskId}\n`);
    inform(`The task is running. To wait for it: muniment tasks wait ${taskId}`);
  }
}
