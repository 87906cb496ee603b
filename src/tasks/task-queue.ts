import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { discardFile, type Spool } from '../domain/spool.ts';
import { failTask } from '../domain/tasks.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../storage/database.ts';
import { claimTask, releaseAllTasks, releaseTask, renewLease } from '../storage/task-leases.ts';
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
    const task = await this.#parts.database.write(async (transaction) => {
      await insertTask(transaction, newTask, Date.now());
      return findTask(transaction, newTask.id);
    });
    if (task === undefined) {
      throw new Error(`Task ${newTask.id} is gone.`);
    }
    this.#look();
    return task;
  }

  /** Begins to claim tasks; where nobody else can hold one, those of a process that was killed go on at once. */
  async start(): Promise<void> {
    const { database } = this.#parts;
    if (!database.dialect.isShared) {
      await releaseAllTasks(database);
    }
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
      await releaseTask(this.#parts.database, task.id, this.#worker, true);
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
    const { database } = this.#parts;
    const now = Date.now();
    const task = await claimTask(database, { worker: this.#worker, now, leaseExpires: now + lease });
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
    const { config, database, log, metrics } = this.#parts;
    log.info({ taskId: task.id, type: task.type, attempt: task.attempts }, 'Task started.');
    const thread = runInThread({ config, shared: database.shared, taskId: task.id, worker: this.#worker });
    this.#running = { task, thread };
    metrics.tasksRunning.set(1);
    const beats = setInterval(() => void this.#keepLease(task, thread), heartbeat);
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

  async #keepLease(task: Task, thread: TaskThread): Promise<void> {
    const { database, log } = this.#parts;
    try {
      if (!(await renewLease(database, task.id, this.#worker, Date.now() + lease))) {
        // It has just ended, or it was out of reach for so long that another worker took it: it must not run twice.
        await thread.stop();
      }
    } catch (error) {
      log.error(
        { err: error, taskId: task.id },
        'The lease of a running task could not be extended; it is tried again.',
      );
    }
  }

  /** Looks at how a task whose thread has ended stands, and clears away its file if it is done. */
  async #ended(task: Task): Promise<void> {
    const { log, metrics, database, spool } = this.#parts;
    const ended = await findTask(database.keyed, task.id);
    if (ended !== undefined && ended.completed === null) {
      log.info({ taskId: task.id, type: task.type }, 'Task paused.');
      return;
    }
    const status = ended?.completionStatus ?? 'unknown';
    metrics.tasksCompleted.inc({ type: task.type, status });
    log.info({ taskId: task.id, type: task.type, status, attributes: ended?.attributes }, 'Task ended.');
    const { file } = task.parameters;
    if (typeof file === 'string') {
      await discardFile(database, spool, file);
    }
  }

  async #broke(task: Task, error: unknown): Promise<void> {
    const { log, database } = this.#parts;
    log.error({ err: error, taskId: task.id }, 'The thread of a task broke down.');
    if (task.attempts >= mostAttempts) {
      await this.#giveUp(task, error instanceof Error ? `${error.message}.` : String(error));
    } else {
      await releaseTask(database, task.id, this.#worker, this.#stopping);
    }
  }

  async #giveUp(task: Task, reason: string): Promise<void> {
    const advice = 'What is done already is kept. Repeat the request to finish it.';
    await failTask(this.#parts.database, task, `The task could not be finished. ${reason} ${advice}`);
    await this.#ended(task);
  }
}
