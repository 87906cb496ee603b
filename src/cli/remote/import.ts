import type { Client } from '../../client/client.ts';
import { ServerRefusal } from '../../client/failures.ts';
import type { Source } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { fileHeader, headerHint } from './file-header.ts';
import { onInterruption, taskGoesOn } from './interruption.ts';
import { followHeader, makeSource, undoSource } from './new-source.ts';
import { tell, write, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import { openClient, type RemoteFlags } from './session.ts';
import { findSource } from './sources.ts';
import { reportTask } from './task-report.ts';
import { formWithFile } from './upload.ts';
import { type UploadedFile, uploadedFile } from './uploaded-file.ts';
import { waitForTask } from './wait-for-task.ts';

interface ImportFlags extends RemoteFlags {
  readonly source: string;
  readonly createSource?: true;
  readonly type?: string;
  readonly accounts?: true;
  readonly disableOptimization?: true;
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly timeout?: number;
}

/** `muniment import FILE --source NAME`: sends the file, waits for its task and says how it ended. */
export async function importFile(path: string, flags: ImportFlags): Promise<void> {
  const file = uploadedFile(path);
  checkFlags(flags);
  const client = openClient(flags);
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  const known = await knownSource(client, flags);
  let outcome = 'The file was not there as a whole: nothing is loaded.';
  onInterruption(progress, () => outcome);
  const taskId = await (known === undefined
    ? sendFirstFile(client, file, flags, progress)
    : sendFile(client, known, file, flags, progress));
  outcome = taskGoesOn(taskId);
  if (flags.wait) {
    tell(`Sent. Its task is ${taskId}.`);
    await reportTask(await waitForTask(client, taskId, progress, flags.timeout), flags);
  } else if (flags.json === true) {
    await writeJson((await client.call('getTaskStatus', { path: { id: taskId } })).body);
  } else {
    await write(`${taskId}\n`);
    tell(`Its task runs. To wait for its end: muniment tasks wait ${taskId}`);
  }
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

/** Makes the source as its first file needs it, and leaves none behind when the server refuses the file. */
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

/** Whoever may not change schemas can still load a file that fits the usual one. */
function goOnWithout(error: unknown): void {
  if (!(error instanceof ServerRefusal) || error.status !== 403) {
    throw error;
  }
  tell(`The columns are those of any new source, as the schema may not be changed: ${error.message}`);
}

/** The source that is there; undefined when it may be made. */
async function knownSource(client: Client, { source: name, createSource }: ImportFlags): Promise<Source | undefined> {
  const known = await findSource(client, name);
  if (known === undefined && createSource !== true) {
    throw new CommandFailure(
      'notFound',
      `There is no source "${name}". "muniment sources list" shows those that there are; --create-source makes one of delimited files with this name.`,
    );
  }
  return known;
}

function checkFlags({ accounts, type, disableOptimization }: ImportFlags): void {
  if (accounts === true && type !== undefined) {
    throw new CommandFailure('wrongUse', '--type names a kind of entitlements. Leave it out with --accounts.');
  }
  if (accounts !== true && disableOptimization === true) {
    throw new CommandFailure('wrongUse', '--disable-optimization is for accounts. Add --accounts or leave it out.');
  }
}
