import type { Connector, FileConnector } from '../connectors/connector.ts';
import { checkCorrelationColumns } from '../domain/aggregation/correlate-manually.ts';
import { newId } from '../domain/ids.ts';
import { getSource } from '../domain/sources/sources.ts';
import { discardFile, publishFile } from '../domain/tasks/spool.ts';
import { badRequestContent } from '../errors.ts';
import type { Task } from '../storage/tasks/tasks.ts';
import type { AggregationParts, AggregationRequest } from './request-aggregation.ts';

/**
 * Queues the manual correlation of accounts by an uploaded file. The file is deleted from the spool if the request is
 * rejected, or when the task has ended.
 * @throws 404 if the source is unknown; 400 if it is authoritative, if there is no file, and for wrong columns
 */
export async function requestManualCorrelation(parts: AggregationParts, request: AggregationRequest): Promise<Task> {
  try {
    return await queue(parts, request);
  } catch (error) {
    if (request.file !== undefined) {
      await discardFile(parts.database, parts.spool, request.file);
    }
    throw error;
  }
}

async function queue(
  { database, connectors, spool, tasks }: AggregationParts,
  { sourceId, file, launcher, context }: AggregationRequest,
): Promise<Task> {
  const source = await getSource(database, sourceId);
  if (source.authoritative) {
    throw badRequestContent(
      `Source "${source.name}" is authoritative: its accounts create identities and cannot be correlated with others.`,
    );
  }
  if (file === undefined) {
    throw badRequestContent(
      'There is no file. Send a CSV file with the columns account and userName as multipart/form-data in the part "file".',
    );
  }
  const { templates } = csvConnector(connectors);
  checkCorrelationColumns((await templates?.read(spool.path(file), {}, 'account')) ?? []);
  await publishFile(database, spool, file);
  return tasks.submit({
    id: newId(),
    type: 'CLOUD_PROCESS_UNCORRELATED_ACCOUNTS',
    uniqueName: 'Cloud Process Uncorrelated Accounts',
    description: `Correlate accounts of source ${source.name} as in a file`,
    launcher,
    sourceId: source.id,
    parameters: { file },
    attributes: { applications: source.name },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}

/** Returns the connector that reads CSV files, whatever the connector of the source. */
export function csvConnector(connectors: readonly Connector[]): FileConnector {
  const connector = connectors.find(({ isForCsv }) => isForCsv === true);
  if (connector?.input !== 'file') {
    throw new Error('There is no connector for CSV files.');
  }
  return connector;
}
