import { findConnector } from '../connectors/index.ts';
import type { AggregationParameters } from '../domain/aggregation/task.ts';
import type { ChangeContext } from '../domain/change-context.ts';
import { newId } from '../domain/ids.ts';
import { getSource, type Source } from '../domain/sources.ts';
import { listSchemas, type SourceSchema } from '../domain/source-schemas.ts';
import type { Spool } from '../domain/spool.ts';
import { badRequestContent } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Task, TaskType } from '../storage/tasks.ts';
import type { TaskQueue } from './task-queue.ts';

export interface AggregationParts {
  readonly database: Database;
  readonly spool: Spool;
  readonly tasks: TaskQueue;
}

/** What a client asks for when it loads objects of a source. */
export interface AggregationRequest {
  readonly sourceId: string;
  /** The name of the uploaded file in the spool. */
  readonly file: string | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** What differs between the aggregations of the kinds of objects. */
export interface AggregationKind {
  readonly type: TaskType;
  readonly uniqueName: string;
  /** What a client without a file is told to send, as the end of a sentence. */
  readonly part: string;
  /** The schemas that the file may be for. Throws a 400 when there is none. */
  readonly candidates: (source: Source, schemas: readonly SourceSchema[]) => readonly SourceSchema[];
  readonly parameters?: Partial<AggregationParameters>;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * Checks what can be checked at once and queues an aggregation. The file leaves the spool when the request is refused
 * or the task has ended.
 * @throws 404 for an unknown source; 400 without a file, and when the file's header fits no schema or several
 */
export async function requestAggregation(
  parts: AggregationParts,
  request: AggregationRequest,
  kind: AggregationKind,
): Promise<Task> {
  try {
    return await queueAggregation(parts, request, kind);
  } catch (error) {
    if (request.file !== undefined) {
      await parts.spool.remove(request.file);
    }
    throw error;
  }
}

async function queueAggregation(
  { database, spool, tasks }: AggregationParts,
  request: AggregationRequest,
  kind: AggregationKind,
): Promise<Task> {
  const source = await getSource(database, request.sourceId);
  const connector = findConnector(source.connector);
  if (connector === undefined) {
    throw badRequestContent(
      `Source "${source.name}" has the connector "${source.connector}", which cannot be aggregated.`,
    );
  }
  if (request.file === undefined) {
    throw badRequestContent(
      `Source "${source.name}" reads files: send a CSV file as multipart/form-data in the part ${kind.part}.`,
    );
  }
  const schema = await connector.matchSchema({
    file: spool.path(request.file),
    connectorAttributes: source.connectorAttributes,
    schemas: kind.candidates(source, await listSchemas(database, source.id)),
  });
  const parameters: AggregationParameters = { file: request.file, objectType: schema.name, ...kind.parameters };
  return tasks.submit({
    id: newId(),
    type: kind.type,
    uniqueName: kind.uniqueName,
    description: 'Aggregate from the specified application',
    launcher: request.launcher,
    sourceId: source.id,
    parameters: { ...parameters },
    attributes: { applications: source.name, ...kind.attributes },
    spool: spool.id,
    actorId: request.context.actorId,
    clientId: request.context.clientId,
    trackingId: request.context.trackingId,
  });
}
