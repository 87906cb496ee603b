import { onInterruption, taskContinues } from './interruption.ts';
import { inform, write, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import { openClient, type RemoteFlags } from './session.ts';
import { sourceNamed } from './sources.ts';
import { reportTask } from './task-report.ts';
import { waitForTask } from './wait-for-task.ts';

/** `muniment sources reset NAME`: deletes all entitlements of a source, waits for the task and prints the outcome. */
export async function resetSource(
  name: string,
  flags: RemoteFlags & { readonly wait: boolean; readonly timeout?: number },
): Promise<void> {
  const client = openClient(flags);
  const source = await sourceNamed(client, name);
  const { body } = await client.call('resetSourceEntitlements', { path: { id: source.id } });
  if (flags.wait) {
    const progress = new Progress(process.stderr, process.stderr.isTTY);
    onInterruption(progress, () => taskContinues(body.id));
    await reportTask(await waitForTask(client, body.id, progress, flags.timeout), flags);
  } else if (flags.json === true) {
    await writeJson(body);
  } else {
    await write(`${body.id}\n`);
    inform(`The task is running. To wait for it: muniment tasks wait ${body.id}`);
  }
}
