import { ConnectorError } from '../connectors/connector.ts';
import { findConnector } from '../connectors/index.ts';
import { RunInterrupted, RunRefused } from '../domain/aggregation/run.ts';
import { type PreparedAggregation, recordOutcome } from '../domain/aggregation/task.ts';
import { fetchFile, type Spool } from '../domain/tasks/spool.ts';
import { MunimentError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { TaskRun } from './task-run.ts';

/** Reads what the run of a task needs. */
type Preparation = (database: Database, spool: Spool, task: Task, signal: AbortSignal) => Promise<PreparedAggregation>;

/**
 * Runs an aggregation of one uploaded file and records how it ended. A file that cannot be believed ends the task; any
 * other failure is thrown, and the queue tries again: what is done stays done.
 */
export async function runAggregation({ database, spool, task, signal }: TaskRun, prepare: Preparation): Promise<void> {
  const { run, source, schema, file, aggregate } = await prepare(database, spool, task, signal);
  await fetchFile(database, spool, file);
  try {
    const connector = findConnector(source.connector);
    if (connector === undefined) {
      throw new RunRefused(`The source's connector "${source.connector}" is not known to this version.`);
    }
    await aggregate(
      connector.read({ file: spool.path(file), connectorAttributes: source.connectorAttributes, schema }),
    );
    await recordOutcome(run);
  } catch (error) {
    if (error instanceof RunInterrupted) {
      return;
    }
    if (!(error instanceof RunRefused || error instanceof ConnectorError || error instanceof MunimentError)) {
      throw error;
    }
    await recordOutcome(run, error.message);
  }
}
