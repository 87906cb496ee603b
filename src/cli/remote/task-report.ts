import type { TaskStatus } from '../../client/operations.ts';
import { exitCodes } from '../exit-codes.ts';
import { inform, write, writeJson } from './output.ts';
import { printableLine } from './printable.ts';
import type { RemoteFlags } from './session.ts';

/** The number of messages shown; the list of problems has all that concern rows. */
const mostMessages = 10;

/** Prints the outcome of a task with its counts and messages, and sets the exit code. */
export async function reportTask(task: TaskStatus, flags: RemoteFlags): Promise<void> {
  process.exitCode = exitCodeOf(task);
  const { completionStatus, messages, attributes, launched, completed } = task;
  const seconds =
    launched === null || completed === null ? undefined : (Date.parse(completed) - Date.parse(launched)) / 1000;
  if (flags.json === true) {
    await writeJson(task);
  } else {
    await write(
      `${completionStatus} ${seconds === undefined ? '' : `after ${seconds.toFixed(1)} s `}(task ${task.id})\n`,
    );
    await write(figuresText(attributes));
  }
  for (const { type, localizedText } of messages.slice(0, mostMessages)) {
    inform(`${type}: ${printableLine(localizedText.message)}`);
  }
  if (messages.length > mostMessages) {
    inform(`… and ${messages.length - mostMessages} more messages: muniment tasks show ${task.id}`);
  }
  if (Number(attributes['badRows'] ?? 0) > 0) {
    inform(`For all problems as CSV: muniment tasks problems ${task.id}`);
  }
}

/** Returns the exit code for a task that has ended. */
function exitCodeOf({ completionStatus }: Pick<TaskStatus, 'completionStatus'>): number {
  switch (completionStatus) {
    case 'SUCCESS':
      return exitCodes.done.code;
    case 'WARNING':
      return exitCodes.taskWarned.code;
    default:
      return exitCodes.taskFailed.code;
  }
}

/** Formats the counts of a task with their API names, one per line. */
function figuresText(attributes: TaskStatus['attributes']): string {
  const figures = Object.entries(attributes).filter(([, value]) => typeof value === 'number');
  const width = Math.max(0, ...figures.map(([name]) => name.length));
  return figures.map(([name, value]) => `  ${printableLine(name).padEnd(width)}  ${Number(value)}\n`).join('');
}
