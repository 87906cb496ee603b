import type { SourceBatch } from '../../connectors/connector.ts';
import type { Database } from '../../storage/database.ts';
import { replaceTaskProblems } from '../../storage/tasks/task-problems.ts';
import { type Task, updateTask } from '../../storage/tasks/tasks.ts';
import { correlateManually, type CorrelationRow } from './correlate-manually.ts';
import { AggregationReport } from './report.ts';

/** The task of a manual correlation: writes the batches of its file with its progress, and records its end. */
export class CorrelationTask {
  readonly #database: Database;
  readonly #task: Task;
  readonly #report = new AggregationReport({}, {});
  /** Rows. */
  #total = 0;
  #correlated = 0;

  constructor(database: Database, task: Task) {
    this.#database = database;
    this.#task = task;
  }

  /** Correlates the accounts of one batch. Throws TaskLost if the task has ended. */
  async write(batch: SourceBatch): Promise<void> {
    const task = this.#task;
    const total = this.#total + batch.rows.length + batch.badRows.length;
    const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
    const { correlated, problems } = await this.#database.write(async (transaction) => {
      const now = Date.now();
      const outcome = await correlateManually(transaction, task.sourceId ?? '', rowsOf(batch), context, now);
      const update = {
        attributes: this.#attributes(total, this.#correlated + outcome.correlated),
        progress: `Correlating: ${total} rows`,
        percentComplete: Math.min(99, Math.floor((100 * batch.bytesRead) / (batch.bytesTotal ?? Infinity))),
      };
      await updateTask(transaction, task, update, now);
      return outcome;
    });
    this.#total = total;
    this.#correlated += correlated;
    batch.badRows.forEach(({ line, problem }) => this.#report.addProblem({ lines: [line], problem }));
    problems.forEach((problem) => this.#report.addProblem(problem));
  }

  /** Records the end of the task: ERROR if there is a `failure`, WARNING if there were problems, otherwise SUCCESS. */
  async end(failure?: string): Promise<void> {
    const messages = this.#report.messages();
    const status = failure !== undefined ? 'ERROR' : messages.length > 0 ? 'WARNING' : 'SUCCESS';
    await this.#database.write(async (transaction) => {
      const now = Date.now();
      await replaceTaskProblems(transaction, this.#task.id, this.#report.problems);
      await updateTask(
        transaction,
        this.#task,
        {
          attributes: this.#attributes(this.#total, this.#correlated),
          messages: [
            ...(failure === undefined ? [] : [{ type: 'ERROR' as const, key: 'correlation_failed', text: failure }]),
            ...messages,
          ],
          progress: failure === undefined ? 'Completed' : 'Failed',
          percentComplete: 100,
          completionStatus: status,
          completed: now,
        },
        now,
      );
    });
  }

  #attributes(total: number, correlated: number): Readonly<Record<string, unknown>> {
    return { ...this.#task.attributes, total, correlated, uncorrelated: total - correlated };
  }
}

function rowsOf({ columns, rows }: SourceBatch): CorrelationRow[] {
  const account = columns.indexOf('account');
  const userName = columns.indexOf('userName');
  return rows.map(({ line, cells }) => ({
    line,
    account: String(cells[account] ?? ''),
    userName: String(cells[userName] ?? ''),
  }));
}
