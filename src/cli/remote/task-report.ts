import type { TaskStatus } from '../../client/operations.ts';
import { exitCodes } from '../exit-codes.ts';
import { tell, write, writeJson } from './output.ts';
import { printableLine } from './printable.ts';
import type { RemoteFlags } from './session.ts';

/** So many messages are shown; the list of problems has all that is about rows. */
const mostMessages = 10;

/** Says how a task ended, with its figures and messages, and sets the exit code. */
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
    tell(`${type}: ${printableLine(localizedText.message)}`);
  }
  if (messages.length > mostMessages) {
    tell(`… and ${messages.length - mostMessages} more messages: muniment tasks show ${task.id}`);
  }
  if (Number(attributes['badRows'] ?? 0) > 0) {
    tell(`Every row that was left out, as CSV: muniment tasks problems ${task.id}`);
  }
}

/** The exit code of a task that has ended. */
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

/** The numbers of a task by their names in the API, one in each line. */
function figuresText(attributes: TaskStatus['attributes']): string {
  const figures = Object.entries(attributes).filter(([, value]) => typeof value === 'number');
  const width = Math.max(0, ...figures.map(([name]) => name.length));
  return figures.map(([name, value]) => `  ${printableLine(name).padEnd(width)}  ${Number(value)}\n`).join('');
}
