import type { Condition } from '../../list-query.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findEntitlementIds } from '../../storage/entitlements/entitlement-lists.ts';
import { lockEntitlement } from '../../storage/entitlements/entitlements.ts';
import { addTaskProblems } from '../../storage/tasks/task-problems.ts';
import { type Task, type TaskMessage, updateTask } from '../../storage/tasks/tasks.ts';
import { MunimentError } from '../../errors.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { assignmentsIn } from '../metadata/assignments.ts';
import { changedAssignments, type MetadataChange } from '../metadata/metadata-change.ts';
import { storeMetadata } from './entitlement-metadata.ts';

/** The entitlements of a bulk update. */
export type MetadataSelection = { readonly entitlements: readonly string[] } | { readonly condition: Condition };

/** The parameters of the task. */
export interface MetadataUpdateParameters {
  readonly change: MetadataChange;
  readonly selection: MetadataSelection;
  /** The id of the last entitlement that was changed; entitlements are changed in the order of their ids. */
  readonly after?: string;
}

/** The counts of the task. */
interface Counts {
  readonly total: number;
  readonly updated: number;
  readonly failed: number;
}

/** How many ids are read at once, and how many entitlements one transaction changes. */
const idsPerQuery = 10_000;
const batchSize = 100;

/** The maximum number of problems that are stored with the task, and how many of them are in its messages. */
const mostProblems = 100_000;
const problemsInMessages = 100;

/**
 * Changes the metadata of many entitlements, in transactions of limited size that also record the progress. An
 * entitlement that cannot have the new values is left unchanged, and listed among the problems of the task. A repeated
 * call continues.
 * @param signal aborts between two transactions
 * @throws TaskLost
 */
export async function updateMetadata(database: Database, task: Task, signal: AbortSignal): Promise<void> {
  const { change, selection, after: start } = task.parameters as unknown as MetadataUpdateParameters;
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  let counts: Counts = { total: 0, updated: 0, failed: 0, ...task.attributes };
  let { messages } = task;
  for (let after = start ?? ''; ;) {
    const ids = await idsAfter(database, selection, after);
    for (let first = 0; first < ids.length; first += batchSize) {
      signal.throwIfAborted();
      const batch = ids.slice(first, first + batchSize);
      after = batch.at(-1) ?? after;
      const done = await database.write(async (transaction) => {
        const { updated, problems } = await changeBatch(transaction, batch, change, context);
        const attributes = {
          total: counts.total + batch.length,
          updated: counts.updated + updated,
          failed: counts.failed + problems.length,
        };
        const stored = problems.slice(0, Math.max(0, mostProblems - counts.failed));
        await addTaskProblems(transaction, task.id, counts.failed, stored);
        const shown = [...messages, ...problems.map(warning)].slice(0, problemsInMessages);
        const progress = `Updating: ${attributes.total} entitlements`;
        const parameters = { change, selection, after };
        await updateTask(transaction, task, { attributes, messages: shown, progress, parameters }, Date.now());
        return { attributes, shown };
      });
      counts = done.attributes;
      messages = done.shown;
    }
    if (ids.length < idsPerQuery) {
      break;
    }
  }
  await endTask(database, task, counts, messages);
}

async function idsAfter(database: Database, selection: MetadataSelection, after: string): Promise<readonly string[]> {
  return 'entitlements' in selection
    ? [...new Set(selection.entitlements)].filter((id) => id > after).toSorted()
    : findEntitlementIds(database, selection.condition, after, idsPerQuery);
}

async function changeBatch(
  transaction: Transaction,
  ids: readonly string[],
  change: MetadataChange,
  context: ChangeContext,
): Promise<{ updated: number; problems: string[] }> {
  const problems: string[] = [];
  let updated = 0;
  for (const id of ids) {
    const before = await lockEntitlement(transaction, id);
    if (before === undefined) {
      problems.push(`There is no entitlement with id "${id}".`);
      continue;
    }
    const assignments = changedAssignments(assignmentsIn(before.accessModelMetadata), change);
    try {
      updated += (await storeMetadata(transaction, before, assignments, context)) === before ? 0 : 1;
    } catch (error) {
      // A violated rule, which is found before anything is written.
      if (!(error instanceof MunimentError)) {
        throw error;
      }
      problems.push(`Entitlement ${id}: ${error.message}`);
    }
  }
  return { updated, problems };
}

async function endTask(
  database: Database,
  task: Task,
  counts: Counts,
  messages: readonly TaskMessage[],
): Promise<void> {
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
  });
}

function warning(text: string): TaskMessage {
  return { type: 'WARN', key: 'entitlement_not_updated', text };
}
