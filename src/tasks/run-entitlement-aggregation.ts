import { ConnectorError } from '../connectors/connector.ts';
import { findConnector } from '../connectors/index.ts';
import { aggregateEntitlements } from '../domain/aggregation/aggregate-entitlements.ts';
import { prepareAggregation, recordOutcome } from '../domain/aggregation/task.ts';
import { type AggregationRun, RunInterrupted, RunRefused } from '../domain/aggregation/run.ts';
import { MunimentError } from '../errors.ts';
import type { TaskRun } from './task-run.ts';

/** Aggregates the entitlements of one uploaded file (contract A.1, op 12; B.1, load-entitlements). */
export async function runEntitlementAggregation({ database, spool, task, signal }: TaskRun): Promise<void> {
  const { run, source, schema, file } = await prepareAggregation(database, spool, task, signal);
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
    await recordOutcome(run, reasonOf(error, run));
    if (!isExpected(error)) {
      throw error;
    }
  }
  await spool.remove(file);
}

function isExpected(error: unknown): boolean {
  return error instanceof RunRefused || error instanceof ConnectorError || error instanceof MunimentError;
}

function reasonOf(error: unknown, run: AggregationRun): string {
  if (isExpected(error)) {
    return (error as Error).message;
  }
  const { groupsCreated, groupsUpdated, groupsDeleted } = run.report.counts;
  return (
    `The run broke off after ${groupsCreated} creations, ${groupsUpdated} updates and ${groupsDeleted} deletions: ` +
    `${(error as Error).message}. Load the file again to finish; what is done already will not be done twice.`
  );
}
