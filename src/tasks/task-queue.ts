import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Spool } from '../domain/spool.ts';
import { failTask } from '../domain/tasks.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../storage/database.ts';
import { claimTask, releaseTask, renewLease } from '../storage/task-leases.ts';
import { findTask, insertTask, type NewTask, type Task } from '../storage/tasks.ts';
import { runInThread, type TaskThread } from './run-in-thread.ts';

/** How long a claimed task belongs to its worker without a sign of life, in milliseconds. */
const lease = 30_000;
const heartbeat = 5_000;
/** How often other processes' tasks are looked for, in milliseconds; own ones are started at once. */
const pollInterval = 2_000;
/** How often a task whose thread broke down is tried. */
const mostAttempts = 3;

interface QueueParts {
  readonly config: Config;
  readonly database: Database;
  readonly spool: Spool;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/**
 * The task table as a queue. Each process claims one task at a time, runs it in a thread of its own, and keeps its
 * lease alive; a task whose process died is claimed by another when the lease lapses.
 */
export class TaskQueue {
  readonly #parts: QueueParts;
  readonly #worker = randomUUID();
  #running: { task: Task; thread: TaskThread } | undefined;
  #polls: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopping = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Adds a task and returns it as it waits. It starts as soon as its turn comes. */
  async submit(newTask: NewTask): Promise<Task> {
    const { database } = this.#parts;
    await database.write((transaction) => insertTask(transaction, newTask, Date.now()));
    const task = await findTask(database.keyed, newTask.id);
    if (task === undefined) {
      throw new Error(`Task ${newTask.id} is gone.`);
    }
    this.#look();
    return task;
  }

  /** Begins to claim tasks. */
  start(): void {
    this.#polls = setInterval(() => this.#look(), pollInterval);
    this.#look();
  }

  /** Stops claiming, and lets the running task end between two batches; it goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#polls);
    await this.#looking;
    if (this.#running !== undefined) {
      const { task, thread } = this.#running;
      await thread.stop();
      await releaseTask(this.#parts.database, task.id, this.#worker);
    }
  }

  #look(): void {
    if (this.#looking !== undefined || this.#running !== undefined || this.#stopping) {
      return;
    }
    this.#looking = this.#claim()
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'Looking for tasks failed; it is tried again.');
      })
      .finally(() => {
        this.#looking = undefined;
      });
  }

  async #claim(): Promise<void> {
    const { database, spool } = this.#parts;
    const now = Date.now();
    const task = await claimTask(database, { worker: this.#worker, spool: spool.id, now, leaseExpires: now + lease });
    if (task === undefined) {
      return;
    }
    if (task.attempts > mostAttempts) {
      await this.#giveUp(task, `It broke down ${mostAttempts} times.`);
      return;
    }
    this.#run(task);
  }

  #run(task: Task): void {
    const { config, spool, log, metrics, database } = this.#parts;
    log.info({ taskId: task.id, type: task.type, attempt: task.attempts }, 'Task started.');
    const thread = runInThread({ config, taskId: task.id, spoolId: spool.id });
    this.#running = { task, thread };
    metrics.tasksRunning.set(1);
    const beats = setInterval(() => {
      renewLease(database, task.id, this.#worker, Date.now() + lease).catch((error: unknown) => {
        log.error(
          { err: error, taskId: task.id },
          'The lease of a running task could not be extended; it is tried again.',
        );
      });
    }, heartbeat);
    thread.ended
      .then(() => this.#ended(task))
      .catch((error: unknown) => this.#broke(task, error))
      .catch((error: unknown) => log.error({ err: error, taskId: task.id }, 'The end of a task could not be recorded.'))
      .finally(() => {
        clearInterval(beats);
        metrics.tasksRunning.set(0);
        this.#running = undefined;
        this.#look();
      });
  }

  async #ended(task: Task): Promise<void> {
    const { log, metrics, database } = this.#parts;
    const ended = await findTask(database.keyed, task.id);
    const status = ended?.completionStatus ?? 'interrupted';
    metrics.tasksCompleted.inc({ type: task.type, status });
    log.info({ taskId: task.id, type: task.type, status, attributes: ended?.attributes }, 'Task ended.');
  }

  async #broke(task: Task, error: unknown): Promise<void> {
    const { log, database } = this.#parts;
    log.error({ err: error, taskId: task.id }, 'The thread of a task broke down.');
    const left = await findTask(database.keyed, task.id);
    if (left?.completed !== null) {
      // It recorded its own failure before it broke down.
      await this.#ended(task);
    } else if (task.attempts >= mostAttempts) {
      await this.#giveUp(task, error instanceof Error ? error.message : String(error));
    } else if (!this.#stopping) {
      await releaseTask(database, task.id, this.#worker);
    }
  }

  async #giveUp(task: Task, reason: string): Promise<void> {
    await failTask(this.#parts.database, task.id, `The task could not be finished. ${reason}`);
    await this.#ended(task);
  }
}
