import { ConnectorError } from '../connectors/connector.ts';
import { findConnector } from '../connectors/index.ts';
import { aggregateEntitlements } from '../domain/aggregation/aggregate-entitlements.ts';
import { prepareAggregation, recordOutcome } from '../domain/aggregation/task.ts';
import { RunInterrupted, RunRefused } from '../domain/aggregation/run.ts';
import { fetchFile } from '../domain/spool.ts';
import { MunimentError } from '../errors.ts';
import type { TaskRun } from './task-run.ts';

/**
 * Aggregates the entitlements of one uploaded file (contract A.1, op 12; B.1, load-entitlements). A file that cannot
 * be believed ends the task; any other failure is thrown, and the queue tries again: what is done stays done.
 */
export async function runEntitlementAggregation({ database, spool, task, signal }: TaskRun): Promise<void> {
  const { run, source, schema, file } = await prepareAggregation(database, spool, task, signal);
  await fetchFile(database, spool, file);
  try {
    const connector = findConnector(source.connector);
    if (connector === undefined) {
      throw new RunRefused(`The source's connector "${source.connector}" is not known to this version.`);
    }
    await aggregateEntitlements(
      run,
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
