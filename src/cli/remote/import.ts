import { accessSync, constants, statSync } from 'node:fs';
import type { Client } from '../../client/client.ts';
import type { Source } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { onInterruption, taskGoesOn } from './interruption.ts';
import { tell, write, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import { openClient, type RemoteFlags } from './session.ts';
import { findSource, makeSource } from './sources.ts';
import { reportTask } from './task-report.ts';
import { formWithFile, standardInput, type UploadedFile } from './upload.ts';
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
  const file = checkedFile(path);
  checkFlags(flags);
  const client = openClient(flags);
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  const source = await sourceFor(client, flags);
  let outcome = 'The file was not there as a whole: nothing is loaded.';
  onInterruption(progress, () => outcome);
  const taskId = await sendFile(client, source, file, flags, progress);
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
  { id }: Source,
  file: UploadedFile,
  { accounts, type, disableOptimization }: ImportFlags,
  progress: Progress,
): Promise<string> {
  try {
    if (accounts === true) {
      const fields = { disableOptimization: disableOptimization === true ? 'true' : undefined };
      const stream = formWithFile(fields, file, progress);
      return (await client.call('importAccounts', { path: { id } }, { stream })).body.task.id;
    }
    const stream = formWithFile({ objectType: type }, file, progress);
    return (await client.call('importEntitlements', { path: { sourceId: id } }, { stream })).body.id;
  } finally {
    progress.clear();
  }
}

async function sourceFor(client: Client, { source: name, createSource }: ImportFlags): Promise<Source> {
  const known = await findSource(client, name);
  if (known !== undefined) {
    return known;
  }
  if (createSource !== true) {
    throw new CommandFailure(
      'notFound',
      `There is no source "${name}". "muniment sources list" shows those that there are; --create-source makes one of delimited files with this name.`,
    );
  }
  const made = await makeSource(client, name);
  tell(`Made the source "${made.name}" (${made.id}).`);
  return made;
}

/** Before anything is sent: the file is there. */
function checkedFile(path: string): UploadedFile {
  if (path === standardInput) {
    return { path, size: undefined };
  }
  try {
    accessSync(path, constants.R_OK);
    const { size, isFile } = facts(path);
    if (!isFile) {
      throw new CommandFailure('wrongUse', `${path} is a folder. Name a CSV file, or "-" for standard input.`);
    }
    return { path, size };
  } catch (error) {
    if (error instanceof CommandFailure) {
      throw error;
    }
    throw new CommandFailure('wrongUse', `The file cannot be read: ${(error as Error).message}.`);
  }
}

/** A pipe such as `<(…)` counts as a file of unknown size. */
function facts(path: string): { size: number | undefined; isFile: boolean } {
  const found = statSync(path);
  return { size: found.isFile() ? found.size : undefined, isFile: !found.isDirectory() };
}

function checkFlags({ accounts, type, disableOptimization }: ImportFlags): void {
  if (accounts === true && type !== undefined) {
    throw new CommandFailure('wrongUse', '--type names a kind of entitlements. Leave it out with --accounts.');
  }
  if (accounts !== true && disableOptimization === true) {
    throw new CommandFailure('wrongUse', '--disable-optimization is for accounts. Add --accounts or leave it out.');
  }
}
