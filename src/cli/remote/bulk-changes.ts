import type { EntitlementsUpdatePreview, EntitlementsUpdateRequest } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { changeText } from './change-text.ts';
import { type FollowFlags, followRequestedTask } from './follow-task.ts';
import { type GivenFields, patchFrom } from './given-fields.ts';
import { valuesOf } from './metadata.ts';
import { inform, write, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import { openClient, type RemoteFlags } from './session.ts';
import { sourceNamed } from './sources.ts';
import { formWithFile } from './upload.ts';
import { uploadedFile } from './uploaded-file.ts';

type BulkOperation = 'add' | 'remove' | 'replace';

interface UpdateFlags extends FollowFlags, GivenFields {
  readonly filters?: string;
  readonly id?: readonly string[];
  readonly metadata?: readonly string[];
  readonly metadataOperation: BulkOperation;
  readonly tag?: readonly string[];
  readonly tagOperation: BulkOperation;
  readonly requestConfig?: string;
  readonly dryRun?: true;
}

/** `muniment entitlements update`: waits for the task and prints the outcome; with `--dry-run` what would change. */
export async function updateEntitlements(flags: UpdateFlags): Promise<void> {
  const { filters, id: ids, dryRun } = flags;
  if ((filters === undefined) === (ids === undefined)) {
    throw new CommandFailure('wrongUse', 'Add --filters FILTER, or --id ID (repeatable).');
  }
  const selection = ids === undefined ? { filters } : { ids: [...ids] };
  const body = { ...selection, ...(await changeFrom(flags)), dryRun: dryRun === true };
  const client = openClient(flags);
  const answer = (await client.call('updateManyEntitlements', { body: body as EntitlementsUpdateRequest })).body;
  if (answer.task !== null) {
    await followRequestedTask(client, answer.task.id, flags);
  } else if (answer.preview !== null) {
    await (flags.json === true ? writeJson(answer.preview) : write(previewText(answer.preview)));
  }
}

async function changeFrom(flags: UpdateFlags): Promise<object> {
  const { metadata, tag, requestConfig } = flags;
  const change = {
    ...(flags.set === undefined && flags.file === undefined ? {} : { jsonPatch: await patchFrom(flags) }),
    ...(metadata === undefined
      ? {}
      : { metadata: { operation: flags.metadataOperation.toUpperCase(), values: valuesOf(metadata) } }),
    ...(tag === undefined ? {} : { tags: { operation: flags.tagOperation.toUpperCase(), tags: tag } }),
    ...(requestConfig === undefined ? {} : { requestConfig: parsedConfig(requestConfig) }),
  };
  if (Object.keys(change).length === 0) {
    throw new CommandFailure('wrongUse', 'Add what to change: --set, --file, --metadata, --tag or --request-config.');
  }
  return change;
}

function parsedConfig(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailure('wrongUse', `--request-config is not valid JSON: ${(error as Error).message}.`);
  }
}

function previewText({ total, checked, updated, unchanged, failed, ...lists }: EntitlementsUpdatePreview): string {
  const lines = lists.entitlements
    .filter(({ problem, after }) => problem === null && Object.keys(after).length > 0)
    .map(({ id, name, before, after }) => `${name} (${id}): ${changeText(before, after)}`);
  const problems = lists.problems.map(({ id, name, problem }) => `${name ?? 'Unknown'} (${id}): ${problem}`);
  const limited = checked < total ? ` Checked are the first ${checked}.` : '';
  return [
    ...lines,
    ...(problems.length === 0 ? [] : ['Cannot be changed:', ...problems]),
    `${total} selected: ${updated} would change, ${unchanged} would not, ${failed} cannot be changed.${limited}`,
    '',
  ].join('\n');
}

/** `muniment entitlements import-details FILE --source NAME`: prints what has changed, and which rows had no effect. */
export async function importDetails(path: string, flags: RemoteFlags & { readonly source: string }): Promise<void> {
  const file = uploadedFile(path);
  const client = openClient(flags);
  const { id: sourceId } = await sourceNamed(client, flags.source);
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  try {
    const stream = formWithFile({}, file, progress, 'csvFile');
    const { body } = await client.call('importEntitlementDetails', { path: { sourceId } }, { stream });
    progress.clear();
    if (flags.json === true) {
      await writeJson(body);
      return;
    }
    const { total, updated, saved, problems } = body;
    const left = total - updated;
    await write(`Rows: ${total}, applied: ${updated}, without effect: ${left}. Changed entitlements: ${saved}.\n`);
    for (const { line, problem } of problems) {
      inform(`Line ${line}: ${problem}`);
    }
    if (problems.length < left) {
      inform(`More rows without effect: ${left - problems.length}.`);
    }
  } finally {
    progress.clear();
  }
}
