import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { databaseFailure, diskFull } from '../domain/database-health.ts';
import type { Spool } from '../domain/tasks/spool.ts';
import { failTask } from '../domain/tasks/tasks.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../storage/database.ts';
import { claimTask, releaseAllTasks, releaseTask, renewLease } from '../storage/tasks/task-leases.ts';
import { findTask, insertTask, type NewTask, type Task } from '../storage/tasks/tasks.ts';
import { type TaskThread, TaskThreads } from './task-threads.ts';

/** How often a worker shows that it lives while its lease would last. */
const beatsPerLease = 6;
/** The longest time between two looks for other processes' tasks, in milliseconds; own ones are started at once. */
const longestPoll = 2_000;
/** How often a task whose thread broke down is tried. */
const mostAttempts = 3;

interface QueueParts {
  readonly config: Config;
  readonly database: Database;
  readonly spool: Spool;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** `ConnectorList.module`: where task threads find the connectors. */
  readonly connectorModule: string;
}

/**
 * The task table as a queue. Each process claims one task at a time, runs it in its thread for tasks, and keeps its
 * lease alive; a task whose process died is claimed by another when the lease lapses.
 */
export class TaskQueue {
  readonly #parts: QueueParts;
  readonly #worker = randomUUID();
  readonly #threads: TaskThreads;
  /** How long a claimed task belongs to its worker without a sign of life, in milliseconds. */
  readonly #lease: number;
  /** Tasks whose uploaded file this server has, by their ids: another one may run them. */
  readonly #files = new Map<string, string>();
  #running: { task: Task; thread: TaskThread } | undefined;
  #polls: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #stopping = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    const { config, database, connectorModule } = parts;
    this.#threads = new TaskThreads({ config, shared: database.shared, worker: this.#worker, connectorModule });
    this.#lease = config.taskLease * 1000;
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
    this.#rememberFile(task);
    this.#look();
    return task;
  }

  /** Begins to claim tasks; where nobody else can hold one, those of a process that was killed go on at once. */
  async start(): Promise<void> {
    const { database } = this.#parts;
    if (!database.dialect.isShared) {
      await releaseAllTasks(database);
    }
    this.#polls = setInterval(() => this.#look(), Math.min(longestPoll, this.#lease / 2));
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
    await this.#threads.close();
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
    await this.#removeFilesOfEnded();
    const now = Date.now();
    const task = await claimTask(database, { worker: this.#worker, now, leaseExpires: now + this.#lease });
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
    const { log, metrics } = this.#parts;
    log.info({ taskId: task.id, type: task.type, attempt: task.attempts }, 'Task started.');
    const thread = this.#threads.run(task.id);
    this.#running = { task, thread };
    this.#rememberFile(task);
    metrics.tasksRunning.inc();
    const beats = setInterval(() => void this.#keepLease(task, thread), this.#lease / beatsPerLease);
    thread.ended
      .then(() => this.#ended(task))
      .catch((error: unknown) => this.#broke(task, error))
      .catch((error: unknown) => log.error({ err: error, taskId: task.id }, 'The end of a task could not be recorded.'))
      .finally(() => {
        clearInterval(beats);
        metrics.tasksRunning.dec();
        this.#running = undefined;
        this.#look();
      });
  }

  async #keepLease(task: Task, thread: TaskThread): Promise<void> {
    const { database, log } = this.#parts;
    try {
      if (!(await renewLease(database, task.id, this.#worker, Date.now() + this.#lease))) {
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
    const { log, metrics, database } = this.#parts;
    // Reads of this turn of the event loop may have begun before the thread's last commit.
    await nextTurn();
    const ended = await findTask(database.keyed, task.id);
    if (ended !== undefined && ended.completed === null) {
      log.info({ taskId: task.id, type: task.type }, 'Task paused.');
      return;
    }
    const status = ended?.completionStatus ?? 'unknown';
    metrics.tasksCompleted.inc({ type: task.type, status });
    log.info({ taskId: task.id, type: task.type, status, attributes: ended?.attributes }, 'Task ended.');
    await this.#removeFile(task.id);
  }

  #rememberFile({ id, parameters: { file } }: Task): void {
    if (typeof file === 'string') {
      this.#files.set(id, file);
    }
  }

  async #removeFile(taskId: string): Promise<void> {
    const file = this.#files.get(taskId);
    if (file !== undefined) {
      await this.#parts.spool.remove(file);
      this.#files.delete(taskId);
    }
  }

  /** Clears away the files of tasks that another server finished. */
  async #removeFilesOfEnded(): Promise<void> {
    for (const id of this.#files.keys()) {
      if ((await findTask(this.#parts.database.keyed, id))?.completed !== null) {
        await this.#removeFile(id);
      }
    }
  }

  async #broke(task: Task, error: unknown): Promise<void> {
    const { log, database } = this.#parts;
    log.error({ err: error, taskId: task.id }, 'The thread of a task broke down.');
    if (databaseFailure(error) === 'full') {
      await this.#giveUp(task, `${diskFull} Make room first.`);
    } else if (task.attempts >= mostAttempts) {
      await this.#giveUp(task, error instanceof Error ? `${error.message}.` : String(error));
    } else {
      await this.#record(task, () => releaseTask(database, task.id, this.#worker, this.#stopping));
    }
  }

  async #giveUp(task: Task, reason: string): Promise<void> {
    const advice = 'What is done already is kept. Repeat the request to finish it.';
    const text = `The task could not be finished. ${reason} ${advice}`;
    await this.#record(task, () => failTask(this.#parts.database, task, text));
    await this.#ended(task);
  }

  /** Records something about a task, again and again while the database is full or out of reach. */
  async #record(task: Task, work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.#stopping || databaseFailure(error) === undefined) {
          throw error;
        }
        this.#parts.log.error({ err: error, taskId: task.id }, 'How a task stands could not be recorded yet.');
      }
      await sleep(this.#lease / beatsPerLease, undefined, { ref: false });
    }
  }
}
