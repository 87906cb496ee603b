import { ConnectorError } from '../connectors/connector.ts';
import { findConnector } from '../connectors/index.ts';
import { type AggregationRun, RunInterrupted, RunRefused } from '../domain/aggregation/run.ts';
import { type PreparedAggregation, recordOutcome } from '../domain/aggregation/task.ts';
import type { Spool } from '../domain/spool.ts';
import { MunimentError } from '../errors.ts';

/** Runs an aggregation of one uploaded file and records how it ended. An interrupted one is left to be run again. */
export async function runAggregation(
  { run, source, schema, file, aggregate }: PreparedAggregation,
  spool: Spool,
): Promise<void> {
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
  const { created, updated, deleted } = run.report.counts;
  return (
    `The run broke off after ${created} creations, ${updated} updates and ${deleted} deletions: ` +
    `${(error as Error).message}. Load the file again to finish; what is done already will not be done twice.`
  );
}
