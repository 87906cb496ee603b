import { setImmediate as nextTick } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { scratchFileOf, type Spool } from '../domain/tasks/spool.ts';
import { failTask } from '../domain/tasks/tasks.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { untilRecorded } from '../jobs/until-recorded.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../storage/database.ts';
import type { Job } from '../storage/jobs/jobs.ts';
import { startTask } from '../storage/tasks/start-task.ts';
import { findTask, insertTask, type NewTask, type Task } from '../storage/tasks/tasks.ts';
import { TaskThreads } from './task-threads.ts';
import { mostAttempts, whyNotRetried } from './why-not-retried.ts';

interface RunnerParts {
  readonly config: Config;
  readonly database: Database;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** `ConnectorList.module`: where task threads find the connectors. */
  readonly connectorModule: string;
}

/** Adds tasks, and runs those whose job this server has claimed, each in a worker thread. */
export class TaskRunner implements JobKind {
  readonly #parts: RunnerParts;
  readonly #threads: TaskThreads;
  /** The uploaded files on this server, by the ids of their tasks. Another server may run the tasks. */
  readonly #files = new Map<string, string>();
  /** The tasks that run on this server, by id, with the controllers that stop their threads when they are cancelled. */
  readonly #running = new Map<string, AbortController>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    const { config, database, connectorModule } = parts;
    this.#threads = new TaskThreads({ config, shared: database.shared, connectorModule });
  }

  /** Starts listening for the end of tasks elsewhere, in order to stop those that were cancelled and to delete files. */
  async start(): Promise<void> {
    const { database, log } = this.#parts;
    await database.listen('jobs', () => {
      this.#noticeEnded().catch((error: unknown) => {
        log.error({ err: error }, 'Ended tasks could not be looked up; this is retried at the next notification.');
      });
    });
  }

  /** Adds a task and returns it. It starts when its lane has room and it is the first of its sequence. */
  async submit(newTask: NewTask): Promise<Task> {
    const task = await this.#parts.database.write(async (transaction) => {
      await insertTask(transaction, newTask, Date.now());
      return findTask(transaction, newTask.id);
    });
    if (task === undefined) {
      throw new Error(`Task ${newTask.id} is missing.`);
    }
    this.#rememberFile(task);
    return task;
  }

  /** Runs the task of a job. Throws if its thread failed and the task is to be retried. */
  async run(job: Job, signal: AbortSignal): Promise<undefined> {
    const cancelled = new AbortController();
    // Before the task is read, so that no cancellation is missed.
    this.#running.set(job.key, cancelled);
    try {
      await this.#run(job, signal, cancelled.signal);
    } finally {
      this.#running.delete(job.key);
    }
    return undefined;
  }

  async #run(job: Job, signal: AbortSignal, cancelled: AbortSignal): Promise<void> {
    const { database, clock, log, metrics, spool } = this.#parts;
    const task = await startTask(database, job, clock.now());
    if (task === undefined || task.completed !== null) {
      return;
    }
    this.#rememberFile(task);
    if (task.attempts > mostAttempts) {
      return this.#giveUp(task, `It broke down ${mostAttempts} times.`, signal);
    }
    log.info({ taskId: task.id, type: task.type, attempt: task.attempts }, 'Task started.');
    metrics.tasksRunning.inc();
    try {
      await this.#threads.run(task.id, job.lease, AbortSignal.any([signal, cancelled]));
    } catch (error) {
      if (!cancelled.aborted) {
        const reason = signal.aborted ? undefined : whyNotRetried(task.attempts, error);
        if (reason === undefined) {
          throw error;
        }
        log.error({ err: error, taskId: task.id }, 'The thread of a task failed.');
        return await this.#giveUp(task, reason, signal);
      }
    } finally {
      metrics.tasksRunning.dec();
      // A thread that was terminated has left it behind.
      await spool.remove(scratchFileOf(task));
    }
    await this.#finish(task, signal);
  }

  async close(): Promise<void> {
    await this.#threads.close();
  }

  /** Logs the result of a task and deletes its file. Throws if the task has not ended. */
  async #finish(task: Task, signal: AbortSignal): Promise<void> {
    const { log, metrics, database } = this.#parts;
    // Reads of this event-loop tick may have begun before the thread's last commit.
    await nextTick();
    const ended = await findTask(database.keyed, task.id);
    if (ended !== undefined && ended.completed === null) {
      signal.throwIfAborted();
      throw new Error('The task has not ended.');
    }
    const status = ended?.completionStatus ?? 'unknown';
    metrics.tasksCompleted.inc({ type: task.type, status });
    log.info({ taskId: task.id, type: task.type, status, attributes: ended?.attributes }, 'Task ended.');
    await this.#removeFile(task.id);
  }

  async #giveUp(task: Task, reason: string, signal: AbortSignal): Promise<void> {
    const advice = 'What is done already is kept. Repeat the request to finish it.';
    const text = `The task could not be finished. ${reason} ${advice}`;
    await untilRecorded(() => failTask(this.#parts.database, task, text), this.#parts, signal);
    await this.#finish(task, signal);
  }

  #rememberFile({ id, parameters: { file } }: Task): void {
    if (typeof file === 'string') {
      this.#files.set(id, file);
    }
  }

  /** Stops the threads of tasks that have ended, which were cancelled, and removes the files of ended tasks. */
  async #noticeEnded(): Promise<void> {
    for (const id of new Set([...this.#running.keys(), ...this.#files.keys()])) {
      if ((await findTask(this.#parts.database.keyed, id))?.completed !== null) {
        this.#running.get(id)?.abort(new Error('The task has ended.'));
        await this.#removeFile(id);
      }
    }
  }

  async #removeFile(taskId: string): Promise<void> {
    const file = this.#files.get(taskId);
    if (file !== undefined) {
      await this.#parts.spool.remove(file);
      this.#files.delete(taskId);
    }
  }
}
