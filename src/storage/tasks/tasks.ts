import { sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { Columns } from '../query/condition.ts';
import type { Session, Transaction } from '../database.ts';
import { fold } from '../query/fold.ts';
import { enqueueJob } from '../jobs/jobs.ts';
import { matching, page } from '../query/page.ts';
import { deleteChunks } from './spool-chunks.ts';

export type TaskType =
  | 'CLOUD_GROUP_AGGREGATION'
  | 'CLOUD_ACCOUNT_AGGREGATION'
  | 'CLOUD_PROCESS_UNCORRELATED_ACCOUNTS'
  | 'ACCOUNT_CHANGE'
  | 'ACCOUNT_CORRELATION'
  | 'ACCOUNT_DELETION'
  | 'IDENTITY_REFRESH'
  | 'METADATA_UPDATE'
  | 'ENTITLEMENT_DELETION'
  | 'ENTITLEMENT_RESET'
  | 'ENTITLEMENT_UPDATE'
  | 'SOURCE_DELETION';
export type CompletionStatus = 'SUCCESS' | 'WARNING' | 'ERROR' | 'TERMINATED' | 'TEMPERROR';

/** One message of a task, in the contract's form (contract B.7). */
export interface TaskMessage {
  readonly type: 'INFO' | 'WARN' | 'ERROR';
  readonly text: string;
  /** The kind of message, for programs, and its parameters. */
  readonly key?: string;
  readonly parameters?: readonly string[];
}

/** A task: its type, parameters and progress. */
export interface Task {
  readonly id: string;
  readonly type: TaskType;
  readonly uniqueName: string;
  readonly description: string;
  readonly launcher: string;
  readonly sourceId: string | null;
  /** The parameters of the task, and state that is kept between attempts. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The results for clients, by the names of the contract's `returns`. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly messages: readonly TaskMessage[];
  readonly progress: string | null;
  readonly percentComplete: number;
  readonly completionStatus: CompletionStatus | null;
  readonly launched: number | null;
  readonly completed: number | null;
  /** The lease of its job at the last start. Only the server with this lease may write to the task. */
  readonly worker: string | null;
  /** The number of attempts, without paused ones: more than one if its thread failed or its process died. */
  readonly attempts: number;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly trackingId: string | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** The fields of a new task; the others have initial values. */
export type NewTask = Pick<
  Task,
  | 'id'
  | 'type'
  | 'uniqueName'
  | 'description'
  | 'launcher'
  | 'sourceId'
  | 'parameters'
  | 'attributes'
  | 'actorId'
  | 'clientId'
  | 'trackingId'
>;

const selected = [
  'id',
  'type',
  'unique_name as uniqueName',
  'description',
  'launcher',
  'source_id as sourceId',
  'parameters',
  'attributes',
  'messages',
  'progress',
  'percent_complete as percentComplete',
  'completion_status as completionStatus',
  'launched',
  'completed',
  'worker',
  'attempts',
  'actor_id as actorId',
  'client_id as clientId',
  'tracking_id as trackingId',
  'created',
  'modified',
  'version',
] as const;

const columns: Columns = {
  id: { expression: sql.ref('task.id'), type: 'id', nullable: false },
  sourceId: { expression: sql.ref('task.source_id'), type: 'id', nullable: true },
  actorId: { expression: sql.ref('task.actor_id'), type: 'id', nullable: true },
  type: { expression: sql`lower(task.type)`, type: 'text', nullable: false },
  launcher: { expression: sql.ref('task.launcher_folded'), type: 'text', nullable: false },
  completionStatus: { expression: sql`lower(task.completion_status)`, type: 'text', nullable: true },
  created: { expression: sql.ref('task.created'), type: 'time', nullable: false },
};

/**
 * Inserts a task, and enqueues the job that runs it. It waits for transactions that lock the task's source, such as the
 * deletion of an entitlement, and they wait for it: each of them sees all open tasks of the source.
 */
export async function insertTask(transaction: Transaction, task: NewTask, now: number): Promise<void> {
  if (task.sourceId !== null && transaction.dialect.locksRows) {
    await transaction.query.selectFrom('source').select('id').where('id', '=', task.sourceId).forKeyShare().execute();
  }
  await transaction.insertRows('task', [
    {
      id: task.id,
      type: task.type,
      unique_name: task.uniqueName,
      description: task.description,
      launcher: task.launcher,
      launcher_folded: fold(task.launcher),
      source_id: task.sourceId,
      parameters: JSON.stringify(task.parameters),
      attributes: JSON.stringify(task.attributes),
      messages: '[]',
      progress: null,
      percent_complete: 0,
      completion_status: null,
      launched: null,
      completed: null,
      worker: null,
      attempts: 0,
      actor_id: task.actorId,
      client_id: task.clientId,
      tracking_id: task.trackingId,
      created: now,
      modified: now,
      version: 1,
    },
  ]);
  // The tasks of a source run one after the other.
  const job = { key: task.id, kind: 'task', lane: 'tasks', sequence: task.sourceId, payload: {}, due: now };
  await enqueueJob(transaction, job, now);
}

/** Returns the task with this id, or undefined. */
export async function findTask(session: Session, id: string): Promise<Task | undefined> {
  const row = await session.query.selectFrom('task').select(selected).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** Returns one page of tasks, and their total number if `list.count` is true. */
export async function listTasks(
  session: Session,
  list: ListQuery,
): Promise<{ tasks: Task[]; total: number | undefined }> {
  const rows = await page(session.query.selectFrom('task').select(selected), list, columns).execute();
  if (!list.count) {
    return { tasks: rows.map(fromRow), total: undefined };
  }
  const counting = session.query
    .selectFrom('task')
    .select((expression) => expression.fn.countAll<number>().as('total'));
  const { total } = await matching(counting, list, columns).executeTakeFirstOrThrow();
  return { tasks: rows.map(fromRow), total: Number(total) };
}

/** The fields of a running task that can change. */
export type TaskUpdate = Partial<
  Pick<
    Task,
    'attributes' | 'parameters' | 'messages' | 'progress' | 'percentComplete' | 'completionStatus' | 'completed'
  >
>;

/** A task with the lease under which it runs. */
export type HeldTask = Pick<Task, 'id' | 'worker'>;

/** The task has ended, or another server has taken it over: the caller must stop working on it. */
export class TaskLost extends Error {}

/**
 * Updates the progress of a task, or records its end, and returns its new version. At its end its upload is deleted
 * from the database.
 * @throws TaskLost if the task has another lease, so that the transaction of a former worker is rolled back
 */
export async function updateTask(
  transaction: Transaction,
  task: HeldTask,
  update: TaskUpdate,
  now: number,
): Promise<number> {
  const updated = await transaction.query
    .updateTable('task')
    .set((set) => ({
      ...(update.attributes === undefined ? {} : { attributes: JSON.stringify(update.attributes) }),
      ...(update.parameters === undefined ? {} : { parameters: JSON.stringify(update.parameters) }),
      ...(update.messages === undefined ? {} : { messages: JSON.stringify(update.messages) }),
      ...(update.progress === undefined ? {} : { progress: update.progress }),
      ...(update.percentComplete === undefined ? {} : { percent_complete: update.percentComplete }),
      ...(update.completionStatus === undefined ? {} : { completion_status: update.completionStatus }),
      ...(update.completed === undefined ? {} : { completed: update.completed }),
      modified: now,
      version: set('version', '+', 1),
    }))
    .where('id', '=', task.id)
    // A task that was never started has no lease.
    .where('worker', task.worker === null ? 'is' : '=', task.worker)
    .where('completed', 'is', null)
    .returning('version')
    .executeTakeFirst();
  if (updated === undefined) {
    throw new TaskLost(`Task ${task.id} has ended or was taken over by another server.`);
  }
  if (update.completed !== undefined && transaction.dialect.isShared) {
    const file = (await findTask(transaction, task.id))?.parameters['file'];
    await deleteChunks(transaction, String(file));
  }
  return updated.version;
}

/** Returns the id of the oldest task of a source that has not ended, or undefined. */
export async function findOpenTask(session: Session, sourceId: string): Promise<string | undefined> {
  const row = await session.query
    .selectFrom('task')
    .select('id')
    .where('source_id', '=', sourceId)
    .where('completed', 'is', null)
    .orderBy('created')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Returns the parameters of the tasks of a source with this type that have not ended. */
export async function parametersOfOpenTasks(
  session: Session,
  sourceId: string,
  type: TaskType,
): Promise<Readonly<Record<string, unknown>>[]> {
  const rows = await session.query
    .selectFrom('task')
    .select('parameters')
    .where('source_id', '=', sourceId)
    .where('completed', 'is', null)
    .where('type', '=', type)
    .execute();
  return rows.map(({ parameters }) => JSON.parse(parameters) as Record<string, unknown>);
}

/** Returns the uploaded files of the tasks that have not ended. */
export async function filesInUse(session: Session): Promise<Set<string>> {
  const rows = await session.query.selectFrom('task').select('parameters').where('completed', 'is', null).execute();
  return new Set(rows.map((row) => String((JSON.parse(row.parameters) as { file?: string }).file)));
}

interface TaskRow {
  type: string;
  parameters: string;
  attributes: string;
  messages: string;
  completionStatus: string | null;
}

function fromRow<R extends TaskRow>(row: R): Task {
  return {
    ...row,
    parameters: JSON.parse(row.parameters),
    attributes: JSON.parse(row.attributes),
    messages: JSON.parse(row.messages),
  } as unknown as Task;
}
