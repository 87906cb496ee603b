import type { TaskStatus } from '../../client/operations.ts';
import { onInterruption, taskContinues } from './interruption.ts';
import { bothFilters, type ListFlags, pagesByOffset, quoted, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { printableCsv, printableLine } from './printable.ts';
import { Progress } from './progress.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';
import { reportTask } from './task-report.ts';
import { waitForTask } from './wait-for-task.ts';

/** `muniment tasks list`: newest first. */
export async function listTasks(
  flags: ListFlags & { readonly source?: string; readonly status?: string; readonly open?: true },
): Promise<void> {
  const client = openClient(flags);
  const { source, status, sorters } = flags;
  const ofSource = source === undefined ? undefined : `sourceId eq ${quoted((await sourceNamed(client, source)).id)}`;
  const ofStatus = status === undefined ? undefined : `completionStatus eq ${quoted(status)}`;
  const unfinished = flags.open === true ? 'completionStatus isnull' : undefined;
  const filters = [ofSource, ofStatus, unfinished, flags.filters].reduce(bothFilters);
  await showList<TaskStatus>(
    flags,
    [
      { heading: 'CREATED', cell: ({ created }) => created, isWhole: true },
      { heading: 'TASK', cell: ({ uniqueName }) => uniqueName },
      { heading: 'SOURCE', cell: ({ attributes }) => String(attributes['applications'] ?? '') },
      { heading: 'STATUS', cell: statusText },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByOffset(flags, async (page) => {
      return (await client.call('getTaskStatusList', { query: { filters, sorters, ...page } })).body;
    }),
  );
}

function statusText({ completionStatus, launched, percentComplete }: TaskStatus): string {
  return completionStatus ?? (launched === null ? 'waiting' : `${percentComplete} %`);
}

/** `muniment tasks show ID` */
export async function showTask(id: string, flags: RemoteFlags): Promise<void> {
  const { body } = await openClient(flags).call('getTaskStatus', { path: { id } });
  if (flags.json === true) {
    await showObject(flags, body);
    return;
  }
  // The returns describe aggregations in general, not this one, and messages are easier to read as lines.
  const { messages, returns: _, ...task } = body;
  await showObject(flags, task);
  await write(messages.map(({ type, localizedText }) => `${type}: ${printableLine(localizedText.message)}\n`).join(''));
}

/** `muniment tasks cancel ID` */
export async function cancelTask(id: string, flags: RemoteFlags): Promise<void> {
  const body = [{ op: 'replace' as const, path: '/completionStatus', value: 'TERMINATED' }];
  const { body: task } = await openClient(flags).call('updateTaskStatus', { path: { id }, body });
  await (flags.json === true ? writeJson(task) : write(`${task.uniqueName} ${id} is cancelled.\n`));
}

/** `muniment tasks wait ID`: the exit code is the outcome of the task. */
export async function waitTask(id: string, flags: RemoteFlags & { readonly timeout?: number }): Promise<void> {
  const progress = new Progress(process.stderr, process.stderr.isTTY);
  onInterruption(progress, () => taskContinues(id));
  await reportTask(await waitForTask(openClient(flags), id, progress, flags.timeout), flags);
}

/** `muniment tasks problems ID`: writes all problems as CSV. */
export async function listProblems(id: string, flags: RemoteFlags): Promise<void> {
  const { body } = await openClient(flags).call('listTaskProblems', { path: { id } });
  if (flags.json !== true) {
    // Keys come from files of other people.
    await write(process.stdout.isTTY ? printableCsv(body) : body);
    return;
  }
  // There are two columns, the first unquoted: a quoted cell ends at the end of a line.
  const rows = [...body.matchAll(/^([\d ]*),"((?:[^"]|"")*)"\r$/gm)];
  await writeJson(
    rows.map(([, lines = '', problem = '']) => ({
      lines: lines === '' ? [] : lines.split(' ').map(Number),
      problem: problem.replaceAll('""', '"'),
    })),
  );
}
