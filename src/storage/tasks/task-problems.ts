import type { Session, Transaction } from '../database.ts';

/** A problem in the input of a task because of which some of it was skipped. */
export interface TaskProblem {
  /** The lines of the file that have the problem. */
  readonly lines: readonly number[];
  readonly problem: string;
}

/** Replaces the problems of a task. */
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

/** Adds problems that concern no lines of a file to the `known` problems that a task has. */
export async function addTaskProblems(
  transaction: Transaction,
  taskId: string,
  known: number,
  problems: readonly string[],
): Promise<void> {
  await transaction.insertRows(
    'task_problem',
    problems.map((problem, index) => ({ task_id: taskId, number: known + index + 1, lines: '[]', problem })),
  );
}

/** Returns one page of the problems of a task, in the order of the file. */
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
