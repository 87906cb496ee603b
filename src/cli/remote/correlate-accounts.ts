import { type FollowFlags, followTask } from './follow-task.ts';
import { onInterruption, taskContinues } from './interruption.ts';
import { Progress } from './progress.ts';
import { openClient } from './session.ts';
import { sourceNamed } from './sources.ts';
import { formWithFile } from './upload.ts';
import { uploadedFile } from './uploaded-file.ts';

/** `muniment accounts correlate FILE --source NAME` */
export async function correlateAccounts(path: string, flags: FollowFlags & { readonly source: string }): Promise<void> {
  const file = uploadedFile(path);
  const client = openClient(flags);
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  const { id } = await sourceNamed(client, flags.source);
  let outcome = 'The upload was incomplete: no account is correlated.';
  onInterruption(progress, () => outcome);
  const stream = formWithFile({}, file, progress);
  const { body } = await client.call('importUncorrelatedAccounts', { path: { id } }, { stream });
  outcome = taskContinues(body.task.id);
  await followTask(client, body.task.id, flags, progress);
}
