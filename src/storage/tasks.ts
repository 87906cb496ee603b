import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListQuery } from '../list-query.ts';
import type { Columns } from './condition.ts';
import type { Database, Session, Transaction } from './database.ts';
import { fold } from './fold.ts';
import { matching, page } from './page.ts';

export type TaskType = 'CLOUD_GROUP_AGGREGATION' | 'SOURCE_DELETION';
export type CompletionStatus = 'SUCCESS' | 'WARNING' | 'ERROR' | 'TERMINATED' | 'TEMPERROR';

/** One message of a task, in the contract's form (contract B.7). */
export interface TaskMessage {
  readonly type: 'INFO' | 'WARN' | 'ERROR';
  readonly text: string;
}

/** Long work: what is to be done, and how far it is. */
export interface Task {
  readonly id: string;
  readonly type: TaskType;
  readonly uniqueName: string;
  readonly description: string;
  readonly launcher: string;
  readonly sourceId: string | null;
  /** What the work needs to know, and what it must remember between attempts. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The figures clients read, by the names of the contract's `returns`. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly messages: readonly TaskMessage[];
  readonly progress: string | null;
  readonly percentComplete: number;
  readonly completionStatus: CompletionStatus | null;
  readonly launched: number | null;
  readonly completed: number | null;
  /** The spool whose files the task needs; only servers with that spool can run it. */
  readonly spool: string | null;
  readonly attempts: number;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly trackingId: string | null;
  readonly created: number;
  readonly modified: number;
  readonly version: number;
}

/** What a new task is made of; the rest follows. */
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
  | 'spool'
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
  'spool',
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
  type: { expression: sql`lower(task.type)`, type: 'text', nullable: false },
  launcher: { expression: sql.ref('task.launcher_folded'), type: 'text', nullable: false },
  completionStatus: { expression: sql`lower(task.completion_status)`, type: 'text', nullable: true },
  created: { expression: sql.ref('task.created'), type: 'time', nullable: false },
};

/** Adds a task that waits to be claimed. */
export async function insertTask(transaction: Transaction, task: NewTask, now: number): Promise<void> {
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
      spool: task.spool,
      worker: null,
      lease_expires: null,
      attempts: 0,
      actor_id: task.actorId,
      client_id: task.clientId,
      tracking_id: task.trackingId,
      created: now,
      modified: now,
      version: 1,
    },
  ]);
}

/** The task with this id, or undefined. */
export async function findTask(session: Session, id: string): Promise<Task | undefined> {
  const row = await session.query.selectFrom('task').select(selected).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : fromRow(row);
}

/** One page of tasks, and with `list.count` their number. */
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

/**
 * Claims the oldest task that may run now, until the lease lapses; undefined when there is none.
 * Of each source only the oldest open task may run, so two tasks never work on one source at a time.
 */
export async function claimTask(
  database: Database,
  claim: { readonly worker: string; readonly spool: string; readonly now: number; readonly leaseExpires: number },
): Promise<Task | undefined> {
  return database.write(async (transaction) => {
    const { query, dialect } = transaction;
    const found = await query
      .selectFrom('task')
      .select('id')
      .where('completed', 'is', null)
      .where((where) => where.or([where('lease_expires', 'is', null), where('lease_expires', '<', claim.now)]))
      .where((where) => where.or([where('spool', 'is', null), where('spool', '=', claim.spool)]))
      .where(
        sql<SqlBool>`not exists (
          select 1 from task as older
          where older.source_id = task.source_id and older.completed is null
            and (older.created < task.created or (older.created = task.created and older.id < task.id))
        )`,
      )
      .orderBy('created')
      .orderBy('id')
      .limit(1)
      .$if(dialect.locksRows, (builder) => builder.forUpdate().skipLocked())
      .executeTakeFirst();
    if (found === undefined) {
      return undefined;
    }
    await query
      .updateTable('task')
      .set((set) => ({
        worker: claim.worker,
        lease_expires: claim.leaseExpires,
        launched: sql<number>`coalesce(launched, ${bigInteger(claim.now)})`,
        attempts: set('attempts', '+', 1),
        modified: claim.now,
        version: set('version', '+', 1),
      }))
      .where('id', '=', found.id)
      .execute();
    return findTask(transaction, found.id);
  });
}

/** Extends the lease of a running task. False when another worker has taken it over. */
export async function renewLease(
  database: Database,
  id: string,
  worker: string,
  leaseExpires: number,
): Promise<boolean> {
  return database.write(async ({ query }) => {
    const result = await query
      .updateTable('task')
      .set({ lease_expires: leaseExpires })
      .where('id', '=', id)
      .where('worker', '=', worker)
      .where('completed', 'is', null)
      .executeTakeFirst();
    return Number(result.numUpdatedRows) === 1;
  });
}

/** Gives a task back unfinished: it may be claimed again at once. */
export async function releaseTask(database: Database, id: string, worker: string): Promise<void> {
  await database.write(async ({ query }) => {
    await query
      .updateTable('task')
      .set({ worker: null, lease_expires: null })
      .where('id', '=', id)
      .where('worker', '=', worker)
      .where('completed', 'is', null)
      .execute();
  });
}

/** What of a running task may change. */
export type TaskUpdate = Partial<
  Pick<
    Task,
    'attributes' | 'parameters' | 'messages' | 'progress' | 'percentComplete' | 'completionStatus' | 'completed'
  >
>;

/** Records how far a task is, or that it has ended. */
export async function updateTask(transaction: Transaction, id: string, update: TaskUpdate, now: number): Promise<void> {
  await transaction.query
    .updateTable('task')
    .set((set) => ({
      ...(update.attributes === undefined ? {} : { attributes: JSON.stringify(update.attributes) }),
      ...(update.parameters === undefined ? {} : { parameters: JSON.stringify(update.parameters) }),
      ...(update.messages === undefined ? {} : { messages: JSON.stringify(update.messages) }),
      ...(update.progress === undefined ? {} : { progress: update.progress }),
      ...(update.percentComplete === undefined ? {} : { percent_complete: update.percentComplete }),
      ...(update.completionStatus === undefined ? {} : { completion_status: update.completionStatus }),
      ...(update.completed === undefined ? {} : { completed: update.completed, lease_expires: null }),
      modified: now,
      version: set('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** Something in the input that was left out. */
export interface TaskProblem {
  /** The lines of the file it stands on. */
  readonly lines: readonly number[];
  readonly problem: string;
}

/** Replaces the list of what a task left out. */
export async function replaceTaskProblems(
  transaction: Transaction,
  taskId: string,
  problems: readonly TaskProblem[],
): Promise<void> {
  await transaction.query.deleteFrom('task_problem').where('task_id', '=', taskId).execute();
  await transaction.insertRows(
    'task_problem',
    problems.map(({ lines, problem }, index) => ({
      task_id: taskId,
      number: index + 1,
      lines: JSON.stringify(lines),
      problem,
    })),
  );
}

/** One page of what a task left out, in the order of the file. */
export async function listTaskProblems(
  session: Session,
  taskId: string,
  afterNumber: number,
  limit: number,
): Promise<(TaskProblem & { number: number })[]> {
  const rows = await session.query
    .selectFrom('task_problem')
    .select(['number', 'lines', 'problem'])
    .where('task_id', '=', taskId)
    .where('number', '>', afterNumber)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, lines: JSON.parse(row.lines) as number[] }));
}

/** The spool files that open tasks still need. */
export async function spoolFilesInUse(session: Session, spool: string): Promise<Set<string>> {
  const rows = await session.query
    .selectFrom('task')
    .select('parameters')
    .where('completed', 'is', null)
    .where('spool', '=', spool)
    .execute();
  return new Set(rows.map((row) => String((JSON.parse(row.parameters) as { file?: string }).file)));
}

/** PostgreSQL would take a bare number parameter inside a function for a text. */
function bigInteger(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as bigint)`;
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
