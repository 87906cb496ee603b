import { ConnectorError, type SourceBatch } from '../connectors/connector.ts';
import {
  correlateManually,
  correlationColumns,
  type CorrelationOutcome,
  type CorrelationRow,
} from '../domain/aggregation/correlate-manually.ts';
import { AggregationReport } from '../domain/aggregation/report.ts';
import { getSource } from '../domain/sources/sources.ts';
import { fetchFile } from '../domain/tasks/spool.ts';
import { replaceTaskProblems } from '../storage/tasks/task-problems.ts';
import { updateTask } from '../storage/tasks/tasks.ts';
import { csvConnector } from './request-manual-correlation.ts';
import type { TaskRun } from './task-run.ts';

/** Correlates accounts as in an uploaded file (contract B.1, load-uncorrelated-accounts). A repeated run starts over. */
export async function runManualCorrelation(run: TaskRun): Promise<void> {
  const { database, connectors, spool, task, signal } = run;
  const source = await getSource(database, task.sourceId ?? '');
  const file = String(task.parameters['file']);
  await fetchFile(database, spool, file);
  const report = new AggregationReport({}, {});
  let counts = { total: 0, correlated: 0 };
  try {
    const connector = csvConnector(connectors);
    const input = { file: spool.path(file), connectorAttributes: {}, schema: correlationColumns };
    for await (const batch of connector.read?.(input) ?? []) {
      const { correlated, problems } = await correlate(run, source.id, batch, counts);
      counts = added(counts, batch, correlated);
      batch.badRows.forEach(({ line, problem }) => report.addProblem({ lines: [line], problem }));
      problems.forEach((problem) => report.addProblem(problem));
      if (signal.aborted) {
        return;
      }
    }
    await finish(run, counts, report);
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      throw error;
    }
    await finish(run, counts, report, error.message);
  }
}

interface Counts {
  /** Rows. */
  readonly total: number;
  readonly correlated: number;
}

function added({ total, correlated }: Counts, { rows, badRows }: SourceBatch, more: number): Counts {
  return { total: total + rows.length + badRows.length, correlated: correlated + more };
}

async function correlate(
  { database, task }: TaskRun,
  sourceId: string,
  batch: SourceBatch,
  counts: Counts,
): Promise<CorrelationOutcome> {
  const rows = rowsOf(batch);
  const context = { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId };
  return database.write(async (transaction) => {
    const now = Date.now();
    const outcome = await correlateManually(transaction, sourceId, rows, context, now);
    const { bytesRead, bytesTotal } = batch;
    const update = {
      attributes: attributesOf(task.attributes, added(counts, batch, outcome.correlated)),
      progress: `Correlating: ${counts.total + rows.length} rows`,
      percentComplete: Math.min(99, Math.floor((100 * bytesRead) / (bytesTotal ?? Infinity))),
    };
    await updateTask(transaction, task, update, now);
    return outcome;
  });
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

function attributesOf(before: Readonly<Record<string, unknown>>, { total, correlated }: Counts) {
  return { ...before, total, correlated, uncorrelated: total - correlated };
}

async function finish(
  { database, task }: TaskRun,
  counts: Counts,
  report: AggregationReport,
  failure?: string,
): Promise<void> {
  const messages = report.messages();
  const status = failure !== undefined ? 'ERROR' : messages.length > 0 ? 'WARNING' : 'SUCCESS';
  await database.write(async (transaction) => {
    const now = Date.now();
    await replaceTaskProblems(transaction, task.id, report.problems);
    const update = {
      attributes: attributesOf(task.attributes, counts),
      messages: [
        ...(failure === undefined ? [] : [{ type: 'ERROR' as const, key: 'correlation_failed', text: failure }]),
        ...messages,
      ],
      progress: failure === undefined ? 'Completed' : 'Failed',
      percentComplete: 100,
      completionStatus: status,
      completed: now,
    } as const;
    await updateTask(transaction, task, update, now);
  });
}
