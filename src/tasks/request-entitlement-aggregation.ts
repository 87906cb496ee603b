import { findConnector } from '../connectors/index.ts';
import type { AggregationParameters } from '../domain/aggregation/task.ts';
import type { ChangeContext } from '../domain/change-context.ts';
import { newId } from '../domain/ids.ts';
import { getSource } from '../domain/sources.ts';
import { groupSchemasOf, listSchemas } from '../domain/source-schemas.ts';
import { discardFile, publishFile, type Spool } from '../domain/spool.ts';
import { listed, shortened } from '../error-text.ts';
import { badRequestContent, illegalValue } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Task } from '../storage/tasks.ts';
import type { TaskQueue } from './task-queue.ts';

interface Parts {
  readonly database: Database;
  readonly spool: Spool;
  readonly tasks: TaskQueue;
}

/** What a client asks for when it loads entitlements. */
export interface AggregationRequest {
  readonly sourceId: string;
  /** The name of the uploaded file in the spool. */
  readonly file: string | undefined;
  /** The group schema the client named, if it did. */
  readonly objectType: string | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/**
 * Checks what can be checked at once and queues an aggregation of entitlements. The file leaves the spool when the
 * request is refused or the task has ended.
 * @throws 404 for an unknown source; 400 without a file, for an unknown objectType, and when the file's header fits
 *   no schema or several
 */
export async function requestEntitlementAggregation(parts: Parts, request: AggregationRequest): Promise<Task> {
  try {
    return await queueAggregation(parts, request);
  } catch (error) {
    if (request.file !== undefined) {
      await discardFile(parts.database, parts.spool, request.file);
    }
    throw error;
  }
}

async function queueAggregation({ database, spool, tasks }: Parts, request: AggregationRequest): Promise<Task> {
  const source = await getSource(database, request.sourceId);
  const connector = findConnector(source.connector);
  if (connector === undefined) {
    throw badRequestContent(
      `Source "${source.name}" has the connector "${source.connector}", which cannot be aggregated.`,
    );
  }
  if (request.file === undefined) {
    throw badRequestContent(
      `Source "${source.name}" reads files: send a CSV file as multipart/form-data in the part "file" ("csvFile" for /entitlements/aggregate).`,
    );
  }
  const candidates = groupSchemasOf(await listSchemas(database, source.id));
  // An uploader with a form may send the part although nothing was chosen.
  const objectType = request.objectType === '' ? undefined : request.objectType;
  const named = candidates.filter((schema) => objectType === undefined || schema.name === objectType);
  if (named.length === 0) {
    const names = listed(candidates.map((schema) => `"${schema.name}"`));
    throw illegalValue(
      objectType === undefined
        ? `Source "${source.name}" has no entitlement schema. Create one first.`
        : `Part "objectType" is "${shortened(objectType)}". It must name an entitlement schema of the source: ${names || 'it has none'}.`,
    );
  }
  const schema = await connector.matchSchema({
    file: spool.path(request.file),
    connectorAttributes: source.connectorAttributes,
    schemas: named,
  });
  await publishFile(database, spool, request.file);
  const parameters: AggregationParameters = { file: request.file, objectType: schema.name };
  return tasks.submit({
    id: newId(),
    type: 'CLOUD_GROUP_AGGREGATION',
    uniqueName: 'Cloud Group Aggregation',
    description: 'Aggregate from the specified application',
    launcher: request.launcher,
    sourceId: source.id,
    parameters: { ...parameters },
    attributes: { applications: source.name },
    actorId: request.context.actorId,
    clientId: request.context.clientId,
    trackingId: request.context.trackingId,
  });
}
