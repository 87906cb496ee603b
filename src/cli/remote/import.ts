import type { Client } from '../../client/client.ts';
import { ServerRefusal } from '../../client/failures.ts';
import type { Source } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { fileHeader, headerHint } from './file-header.ts';
import { type FollowFlags, followTask } from './follow-task.ts';
import { onInterruption, taskContinues } from './interruption.ts';
import { followHeader, makeSource, undoSource } from './new-source.ts';
import { inform } from './output.ts';
import { Progress } from './progress.ts';
import { openClient } from './session.ts';
import { findSource } from './sources.ts';
import { formWithFile } from './upload.ts';
import { type UploadedFile, uploadedFile } from './uploaded-file.ts';

interface ImportFlags extends FollowFlags {
  readonly source: string;
  readonly createSource?: true;
  readonly type?: string;
  readonly accounts?: true;
  readonly disableOptimization?: true;
}

/** `muniment import FILE --source NAME`: uploads the file, waits for its task and prints the outcome. */
export async function importFile(path: string, flags: ImportFlags): Promise<void> {
  const file = uploadedFile(path);
  checkFlags(flags);
  const client = openClient(flags);
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  const known = await knownSource(client, flags);
  let outcome = 'The upload was incomplete: nothing is loaded.';
  onInterruption(progress, () => outcome);
  const taskId = await (known === undefined
    ? sendFirstFile(client, file, flags, progress)
    : sendFile(client, known, file, flags, progress));
  outcome = taskContinues(taskId);
  await followTask(client, taskId, flags, progress);
}

async function sendFile(
  client: Client,
  source: Source,
  file: UploadedFile,
  { accounts, type, disableOptimization }: ImportFlags,
  progress: Progress,
): Promise<string> {
  const { id } = source;
  try {
    if (accounts === true) {
      const fields = { disableOptimization: disableOptimization === true ? 'true' : undefined };
      const stream = formWithFile(fields, file, progress);
      return (await client.call('importAccounts', { path: { id } }, { stream })).body.task.id;
    }
    const stream = formWithFile({ objectType: type }, file, progress);
    return (await client.call('importEntitlements', { path: { sourceId: id } }, { stream })).body.id;
  } catch (error) {
    if (error instanceof ServerRefusal && /Column: "\[/.test(error.message)) {
      const hint = headerHint(source, fileHeader(await file.head()), accounts === true);
      throw new ServerRefusal(error.status, `${error.message}\n${hint}`, error.trackingId);
    }
    throw error;
  } finally {
    progress.clear();
  }
}

/** Creates a source that suits its first file, and deletes it again if the server rejects the file. */
async function sendFirstFile(
  client: Client,
  file: UploadedFile,
  flags: ImportFlags,
  progress: Progress,
): Promise<string> {
  const { source: name, accounts, type } = flags;
  const first = { header: fileHeader(await file.head()), isAccounts: accounts === true, type };
  const source = await makeSource(client, name, first);
  try {
    await followHeader(client, source, first, progress).catch(goOnWithout);
    return await sendFile(client, source, file, flags, progress);
  } catch (error) {
    progress.clear();
    if (error instanceof ServerRefusal && error.status < 500) {
      await undoSource(client, source);
    }
    throw error;
  }
}

/** A client that may not change schemas can still load a file that matches the default one. */
function goOnWithout(error: unknown): void {
  if (!(error instanceof ServerRefusal) || error.status !== 403) {
    throw error;
  }
  inform(`The source keeps the default schema, because it could not be changed: ${error.message}`);
}

/** Returns the existing source; undefined if it is to be created. */
async function knownSource(client: Client, { source: name, createSource }: ImportFlags): Promise<Source | undefined> {
  const known = await findSource(client, name);
  if (known === undefined && createSource !== true) {
    throw new CommandFailure(
      'notFound',
      `There is no source "${name}". "muniment sources list" lists the sources; --create-source creates a CSV source with this name.`,
    );
  }
  return known;
}

function checkFlags({ accounts, type, disableOptimization }: ImportFlags): void {
  if (accounts === true && type !== undefined) {
    throw new CommandFailure('wrongUse', '--type is the entitlement type. Omit it with --accounts.');
  }
  if (accounts !== true && disableOptimization === true) {
    throw new CommandFailure('wrongUse', '--disable-optimization is for accounts. Add --accounts or omit it.');
  }
}
