import { type AccountOutcome, applyAccountChange } from '../domain/account-changes/account-changes.ts';
import type { AccountStatesChange } from '../domain/account-changes/account-state.ts';
import { endTask } from '../domain/tasks/tasks.ts';
import { MunimentError } from '../errors.ts';
import type { Transaction } from '../storage/database.ts';
import type { Task, TaskMessage } from '../storage/tasks/tasks.ts';
import type { TaskRun } from './task-run.ts';

/** So few accounts per transaction that other writers hardly wait. */
const batchSize = 25;

/** What has been done so far. */
interface Progress {
  readonly updated: number;
  readonly gone: number;
}

/**
 * Enables or disables accounts of one source (`POST /identities-accounts/disable`). Accounts that have been deleted since
 * the request are passed over, with a warning. A repeated run changes only what is not yet as requested.
 */
export async function runAccountStates(
  { database, task, signal }: TaskRun,
  change: AccountStatesChange,
): Promise<void> {
  const { accountIds } = change;
  let progress: Progress = { updated: 0, gone: 0 };
  for (let start = 0; start < accountIds.length && !signal.aborted; start += batchSize) {
    const batch = accountIds.slice(start, start + batchSize);
    const isLast = start + batchSize >= accountIds.length;
    const before = progress;
    progress = await database.write(async (transaction) => {
      const now = Date.now();
      const after = await changeAll(transaction, task, { ...change, accountIds: batch }, before, now);
      if (isLast) {
        await end(transaction, task, after, now);
      }
      return after;
    });
  }
}

async function changeAll(
  transaction: Transaction,
  task: Task,
  { accountIds, field, value }: AccountStatesChange,
  before: Progress,
  now: number,
): Promise<Progress> {
  let { updated, gone } = before;
  for (const accountId of accountIds) {
    const outcome = await changeOne(transaction, task, { kind: 'state', accountId, field, value }, now);
    updated += outcome?.updated ?? 0;
    gone += outcome === undefined ? 1 : 0;
  }
  return { updated, gone };
}

/** Returns undefined if the account does not exist any more. */
async function changeOne(
  transaction: Transaction,
  task: Task,
  change: Parameters<typeof applyAccountChange>[2],
  now: number,
): Promise<AccountOutcome | undefined> {
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  try {
    return await applyAccountChange(transaction, task.sourceId ?? '', change, context, now);
  } catch (error) {
    if (error instanceof MunimentError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

async function end(transaction: Transaction, task: Task, { updated, gone }: Progress, now: number): Promise<void> {
  const name = String(task.attributes.applications);
  const messages: TaskMessage[] = [];
  if (gone > 0) {
    const text = `${gone} of the accounts have been deleted since the request.`;
    messages.push({ type: 'WARN', key: 'account_deleted', text, parameters: [String(gone)] });
  }
  messages.push(
    updated === 0
      ? { type: 'INFO', key: 'nothing_changed', text: 'The accounts already were as requested.', parameters: [] }
      : {
          type: 'INFO',
          key: 'source_not_written',
          text: `Source "${name}" cannot be written to: only the accounts on this server were changed. The next load in which the rows of such an account have changed replaces the change.`,
          parameters: [name],
        },
  );
  const completionStatus = gone > 0 ? 'WARNING' : 'SUCCESS';
  await endTask(transaction, task, { attributes: { ...task.attributes, updated }, messages, completionStatus }, now);
}
