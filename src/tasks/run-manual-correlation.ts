import { ConnectorError } from '../connectors/connector.ts';
import { correlationColumns } from '../domain/aggregation/correlate-manually.ts';
import { CorrelationTask } from '../domain/aggregation/correlation-task.ts';
import { getSource } from '../domain/sources/sources.ts';
import { fetchFile } from '../domain/tasks/spool.ts';
import { csvConnector } from './request-manual-correlation.ts';
import type { TaskRun } from './task-run.ts';

/** Correlates accounts as in an uploaded file (contract B.1, load-uncorrelated-accounts). A repeated run starts over. */
export async function runManualCorrelation({ database, connectors, spool, task, signal }: TaskRun): Promise<void> {
  await getSource(database, task.sourceId ?? '');
  const file = String(task.parameters['file']);
  await fetchFile(database, spool, file);
  const correlation = new CorrelationTask(database, task);
  const input = { file: spool.path(file), connectorAttributes: {}, schema: correlationColumns };
  try {
    for await (const batch of csvConnector(connectors).read?.(input) ?? []) {
      await correlation.write(batch);
      if (signal.aborted) {
        return;
      }
    }
    await correlation.end();
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      throw error;
    }
    await correlation.end(error.message);
  }
}
