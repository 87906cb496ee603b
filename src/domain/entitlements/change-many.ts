import type { Database, Transaction } from '../../storage/database.ts';
import { lockGoverned } from '../../storage/entitlements/governance-updates.ts';
import { addTaskProblems } from '../../storage/tasks/task-problems.ts';
import { type Task, type TaskMessage, updateTask } from '../../storage/tasks/tasks.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { enqueueStatistics } from '../statistics.ts';
import { tagsNeededFor } from '../tags/tag-change.ts';
import { ensureTags } from '../tags/tags.ts';
import { type BulkChange, planChanges, storePlanned } from './bulk-change.ts';
import { type BulkSelection, numberOf, selectedIds } from './bulk-selection.ts';

/** The parameters of every task that changes many entitlements. */
export interface BulkParameters {
  readonly selection: BulkSelection;
  /** The id of the last entitlement that was handled; entitlements are handled in the order of their ids. */
  readonly after?: string;
  /** The number of selected entitlements when the task began. */
  readonly expected?: number;
}

/** The counts of the task. `total` is the number of entitlements handled so far. */
interface Counts {
  readonly total: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

/** What a task has done so far, as recorded with each batch. */
interface Progress {
  readonly counts: Counts;
  readonly messages: readonly TaskMessage[];
  readonly after: string;
  readonly version: number | undefined;
}

/** How many ids are read at once. */
const idsPerQuery = 10_000;
/** How many entitlements one transaction changes: a concurrent write waits for some ten milliseconds. */
const batchSize = 500;
/** The number of changes from which the statistics of the database are refreshed. */
const manyChanges = 500;

/** The maximum number of problems that are stored with the task, and how many of them are in its messages. */
const mostProblems = 100_000;
const problemsInMessages = 100;

/**
 * Changes many entitlements, in transactions of limited size that also record the progress: an interrupted task continues
 * where it was. An entitlement that cannot be changed as a whole is left unchanged, and listed among the problems of the
 * task.
 * @param task its parameters include `BulkParameters`
 * @param signal aborts between two transactions; the function then returns
 * @throws TaskLost
 */
export async function changeMany(
  database: Database,
  task: Task,
  change: BulkChange,
  signal: AbortSignal,
): Promise<void> {
  const parameters = task.parameters as unknown as BulkParameters;
  const { selection } = parameters;
  const expected = parameters.expected ?? (await numberOf(database, selection));
  let progress: Progress = {
    counts: { total: 0, updated: 0, unchanged: 0, failed: 0, ...task.attributes },
    messages: task.messages,
    after: parameters.after ?? '',
    version: undefined,
  };
  for (let size = idsPerQuery; size === idsPerQuery;) {
    const ids = await selectedIds(database, selection, progress.after, idsPerQuery);
    size = ids.length;
    for (let first = 0; first < ids.length; first += batchSize) {
      if (signal.aborted) {
        return;
      }
      const batch = ids.slice(first, first + batchSize);
      const before = progress;
      // The task has not ended: if batches are lost in a power failure, its progress is, too.
      progress = await database.writeBatch((transaction) =>
        changeBatch(transaction, task, { ids: batch, selection, change, before, expected }),
      );
    }
  }
  await endTask(database, task, progress);
}

interface Batch {
  readonly ids: readonly string[];
  readonly selection: BulkSelection;
  readonly change: BulkChange;
  readonly before: Progress;
  readonly expected: number;
}

async function changeBatch(
  transaction: Transaction,
  task: Task,
  { ids, selection, change, before, expected }: Batch,
): Promise<Progress> {
  const context: ChangeContext = {
    actorId: task.actorId,
    clientId: task.clientId,
    taskId: task.id,
    trackingId: task.trackingId,
  };
  // Before the entitlements are locked, in the order of other changes of tags.
  await ensureTags(transaction, change.tags === undefined ? [] : tagsNeededFor(change.tags), context, Date.now());
  const condition = 'condition' in selection ? selection.condition : undefined;
  // Those that do not match any more were changed by others meanwhile.
  const found = await lockGoverned(transaction, ids, condition);
  const planned = await planChanges(transaction, found, () => change, task.actorId);
  const updated = await storePlanned(transaction, planned, context);
  const problems = [
    ...(condition === undefined ? unknownAmong(ids, found) : []),
    ...planned.flatMap(({ before: { id }, problem }) =>
      problem === undefined ? [] : [`Entitlement ${id}: ${problem.message}`],
    ),
  ];
  const handled = condition === undefined ? ids.length : found.length;
  const { counts } = before;
  const after: Counts = {
    total: counts.total + handled,
    updated: counts.updated + updated,
    unchanged: counts.unchanged + handled - updated - problems.length,
    failed: counts.failed + problems.length,
  };
  await addTaskProblems(
    transaction,
    task.id,
    counts.failed,
    problems.slice(0, Math.max(0, mostProblems - counts.failed)),
  );
  const messages = [...before.messages, ...problems.map(warning)].slice(0, problemsInMessages);
  const last = ids.at(-1) ?? before.after;
  const version = await updateTask(
    transaction,
    task,
    {
      attributes: { ...after },
      messages,
      progress: `Updating: ${after.total} of ${Math.max(expected, after.total)} entitlements`,
      percentComplete: Math.min(99, Math.floor((100 * after.total) / Math.max(1, expected))),
      parameters: { ...task.parameters, after: last, expected },
    },
    Date.now(),
  );
  if (before.version !== undefined && version !== before.version + 1) {
    throw new Error('The database has lost the last writes of this task. It continues with what is recorded.');
  }
  return { counts: after, messages, after: last, version };
}

function unknownAmong(ids: readonly string[], found: readonly { readonly id: string }[]): string[] {
  const known = new Set(found.map(({ id }) => id));
  return ids.filter((id) => !known.has(id)).map((id) => `There is no entitlement with id "${id}".`);
}

async function endTask(database: Database, task: Task, { counts, messages }: Progress): Promise<void> {
  const rest = counts.failed - messages.length;
  const more: TaskMessage[] =
    rest > 0
      ? [
          {
            type: 'WARN',
            key: 'more_problems',
            text: `${rest} more problems are in the task's list of problems, which is limited to ${mostProblems}.`,
            parameters: [String(rest)],
          },
        ]
      : [];
  await database.write(async (transaction) => {
    const now = Date.now();
    await updateTask(
      transaction,
      task,
      {
        attributes: { ...counts },
        messages: [...messages, ...more],
        progress: 'Completed',
        percentComplete: 100,
        completionStatus: counts.failed > 0 ? 'WARNING' : 'SUCCESS',
        completed: now,
      },
      now,
    );
    if (counts.updated >= manyChanges) {
      await enqueueStatistics(transaction, now);
    }
  });
}

function warning(text: string): TaskMessage {
  return { type: 'WARN', key: 'entitlement_not_updated', text };
}
