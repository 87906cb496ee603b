import { ConnectorError, type ConnectorErrorKind, type SourceBatch } from '../connectors/connector.ts';
import { RunInterrupted, RunRefused } from '../domain/aggregation/run.ts';
import { type PreparedAggregation, recordOutcome } from '../domain/aggregation/task.ts';
import { cannot, connectorOf } from '../domain/sources/source-connector.ts';
import { plainAttributesOf } from '../domain/sources/source-secrets.ts';
import { fetchFile, type Spool } from '../domain/tasks/spool.ts';
import { MunimentError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRun } from './task-run.ts';

/** Reads the data that the run of a task needs. */
type Preparation = (database: Database, spool: Spool, task: Task, signal: AbortSignal) => Promise<PreparedAggregation>;

/**
 * Runs an aggregation of one uploaded file, or over a connection, and records the outcome. An unusable input ends the
 * task with an error. Any other error is thrown, and the queue retries the task; committed batches are kept.
 */
export async function runAggregation(taskRun: TaskRun, prepare: Preparation): Promise<void> {
  const { database, spool, task, signal } = taskRun;
  const prepared = await prepare(database, spool, task, signal);
  const { run, file, aggregate } = prepared;
  if (file !== undefined) {
    await fetchFile(database, spool, file);
  }
  try {
    await aggregate(await batchesOf(taskRun, prepared));
    await recordOutcome(run);
  } catch (error) {
    if (error instanceof RunInterrupted) {
      return;
    }
    if (!(error instanceof RunRefused || error instanceof ConnectorError || error instanceof MunimentError)) {
      throw error;
    }
    const kind = error instanceof ConnectorError ? error.kind : 'unusable';
    const sourceStatus = kind === 'unusable' ? undefined : 'SOURCE_STATE_ERROR_SOURCE';
    await recordOutcome(run, { key: failureKeys[kind], text: error.message, sourceStatus });
  }
}

/** The message keys of failed tasks. */
const failureKeys: Readonly<Record<ConnectorErrorKind, string>> = {
  unusable: 'aggregation_failed',
  unavailable: 'source_unavailable',
  denied: 'source_denied_access',
};

async function batchesOf(
  { database, connectors, spool }: TaskRun,
  { source, schema, file }: PreparedAggregation,
): Promise<AsyncIterable<SourceBatch>> {
  const connector = connectorOf(connectors, source);
  const connectorAttributes = await plainAttributesOf(database.keyed, source);
  if (connector.input === 'connection' && file === undefined && connector.read !== undefined) {
    return connector.read({ connectorAttributes, schema });
  }
  if (connector.input === 'file' && file !== undefined && connector.read !== undefined) {
    return connector.read({ connectorAttributes, schema, file: spool.path(file) });
  }
  throw cannot(source, connector, 'read');
}
