import {
  type AccountChange,
  type AccountOutcome,
  applyAccountChange,
} from '../domain/account-changes/account-changes.ts';
import type { AccountStatesChange } from '../domain/account-changes/account-state.ts';
import { endTask, failTask } from '../domain/tasks/tasks.ts';
import { MunimentError } from '../errors.ts';
import type { Transaction } from '../storage/database.ts';
import type { Task, TaskMessage } from '../storage/tasks/tasks.ts';
import { runAccountStates } from './run-account-states.ts';
import type { TaskRun } from './task-run.ts';

/**
 * Changes one account (contract B.2), or the state of several. The task ends in the same transaction, so that a repeated
 * run does nothing. A change that has become impossible since its request ends the task with ERROR, such as one of a
 * deleted account.
 */
export async function runAccountChange(run: TaskRun): Promise<void> {
  const { database, task } = run;
  const change = task.parameters as unknown as AccountChange | AccountStatesChange;
  try {
    await (change.kind === 'states'
      ? runAccountStates(run, change)
      : database.write((transaction) => changeAccount(transaction, task, change, Date.now())));
  } catch (error) {
    if (!(error instanceof MunimentError)) {
      throw error;
    }
    await failTask(database, task, error.message);
  }
}

async function changeAccount(transaction: Transaction, task: Task, change: AccountChange, now: number): Promise<void> {
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  const outcome = await applyAccountChange(transaction, task.sourceId ?? '', change, context, now);
  const { source: _source, ...counts } = outcome;
  const attributes = { ...task.attributes, ...counts };
  const messages = messagesOf(change, outcome);
  const completionStatus = messages.some(({ type }) => type === 'WARN') ? 'WARNING' : 'SUCCESS';
  await endTask(transaction, task, { attributes, messages, completionStatus }, now);
}

function messagesOf({ kind }: AccountChange, { source, created, updated, deleted }: AccountOutcome): TaskMessage[] {
  const name = source.name;
  const parameters = [name];
  if (kind === 'reload') {
    return [
      {
        type: 'WARN',
        key: 'account_not_read',
        text: `A single account of source "${name}" cannot be read: load its accounts instead. The identity of the account was determined again from its stored data.`,
        parameters,
      },
    ];
  }
  if (created + updated + deleted === 0) {
    return [{ type: 'INFO', key: 'nothing_changed', text: 'The account already was as requested.', parameters: [] }];
  }
  const later =
    deleted > 0
      ? 'The account returns with the next load that contains it.'
      : created > 0
        ? 'The next complete load without this account deletes it.'
        : 'The next load in which the rows of this account have changed replaces the change.';
  return [
    {
      type: 'INFO',
      key: 'source_not_written',
      text: `Source "${name}" cannot be written to: only the account on this server was changed. ${later}`,
      parameters,
    },
  ];
}
