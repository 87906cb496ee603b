import { findConnector } from '../connectors/index.ts';
import type { AggregationParameters } from '../domain/aggregation/task.ts';
import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import { getSource, type Source } from '../domain/sources/sources.ts';
import { listSchemas, type SourceSchema } from '../domain/sources/source-schemas.ts';
import { discardFile, publishFile, type Spool } from '../domain/tasks/spool.ts';
import { badRequestContent } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Task, TaskType } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

export interface AggregationParts {
  readonly database: Database;
  readonly spool: Spool;
  readonly tasks: TaskRunner;
}

/** What a client asks for when it loads objects of a source. */
export interface AggregationRequest {
  readonly sourceId: string;
  /** The name of the uploaded file in the spool. */
  readonly file: string | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** What is to be queued: what differs between the kinds of objects. */
export interface AggregationPlan {
  readonly type: TaskType;
  readonly uniqueName: string;
  /** The schemas that the file may be for. */
  readonly candidates: readonly SourceSchema[];
  readonly parameters?: Partial<AggregationParameters>;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Makes the plan for a source with its schemas. Throws a 400 when the request cannot be for them. */
export type AggregationPlanner = (source: Source, schemas: readonly SourceSchema[]) => AggregationPlan;

/**
 * Checks what can be checked at once and queues an aggregation. The file leaves the spool when the request is refused
 * or the task has ended.
 * @throws 404 for an unknown source; 400 without a file, what `planner` throws, and when the file's header fits no schema or several
 */
export async function requestAggregation(
  parts: AggregationParts,
  request: AggregationRequest,
  planner: AggregationPlanner,
): Promise<Task> {
  try {
    return await queueAggregation(parts, request, planner);
  } catch (error) {
    if (request.file !== undefined) {
      await discardFile(parts.database, parts.spool, request.file);
    }
    throw error;
  }
}

async function queueAggregation(
  { database, spool, tasks }: AggregationParts,
  request: AggregationRequest,
  planner: AggregationPlanner,
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
      `Source "${source.name}" reads files: send a CSV file as multipart/form-data in the part "file" ("csvFile" for /entitlements/aggregate).`,
    );
  }
  const plan = planner(source, await listSchemas(database, source.id));
  const schema = await connector.matchSchema({
    file: spool.path(request.file),
    connectorAttributes: source.connectorAttributes,
    schemas: plan.candidates,
  });
  await publishFile(database, spool, request.file);
  const parameters: AggregationParameters = { file: request.file, objectType: schema.name, ...plan.parameters };
  return tasks.submit({
    id: newId(),
    type: plan.type,
    uniqueName: plan.uniqueName,
    description: 'Aggregate from the specified application',
    launcher: request.launcher,
    sourceId: source.id,
    parameters: { ...parameters },
    attributes: { applications: source.name, ...plan.attributes },
    actorId: request.context.actorId,
    clientId: request.context.clientId,
    trackingId: request.context.trackingId,
  });
}
