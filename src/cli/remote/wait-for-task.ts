import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../client/client.ts';
import { ServerRefusal, ServerUnreachable } from '../../client/failures.ts';
import type { TaskStatus } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { taskContinues } from './interruption.ts';
import type { Progress } from './progress.ts';

/** The first and the longest polling interval, in milliseconds. */
const firstInterval = 100;
const longestInterval = 1000;
/** How long the server may be unavailable, in milliseconds: tasks survive a restart. */
const longestAbsence = 60_000;

/**
 * Waits until a task has ended and shows its progress.
 * @param timeout in seconds; undefined: no limit
 * @throws CommandFailure after the timeout; errors of the client
 */
export async function waitForTask(
  client: Client,
  id: string,
  progress: Progress,
  timeout?: number,
): Promise<TaskStatus> {
  const deadline = timeout === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeout * 1000;
  let answeredAt = Date.now();
  for (let interval = firstInterval; ; interval = Math.min(longestInterval, interval * 1.5)) {
    const task = await look(client, id, answeredAt);
    if (task !== undefined) {
      answeredAt = Date.now();
    }
    if (task !== undefined && task.completed !== null) {
      progress.clear();
      return task;
    }
    progress.show('Running', task && task.percentComplete / 100, detailOf(task));
    if (Date.now() + interval > deadline) {
      progress.clear();
      throw new CommandFailure('unreachable', `The task has not ended after ${timeout} s. ${taskContinues(id)}`);
    }
    await sleep(interval);
  }
}

async function look(client: Client, id: string, answeredAt: number): Promise<TaskStatus | undefined> {
  try {
    return (await client.call('getTaskStatus', { path: { id } })).body;
  } catch (error) {
    if (isAbsence(error) && Date.now() - answeredAt < longestAbsence) {
      return undefined;
    }
    throw error;
  }
}

/** A server that is stopping or has lost its database returns 503; a proxy in front of it returns 502 or 504. */
function isAbsence(error: unknown): boolean {
  return error instanceof ServerRefusal ? [502, 503, 504].includes(error.status) : error instanceof ServerUnreachable;
}

function detailOf(task: TaskStatus | undefined): string {
  if (task === undefined) {
    return 'the server is unavailable at the moment';
  }
  return task.progress ?? (task.launched === null ? 'queued' : 'starting');
}
