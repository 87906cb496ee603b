import type { AggregationParameters } from '../domain/aggregation/task.ts';
import type { ChangeContext } from '../domain/changes/change-context.ts';
import { newId } from '../domain/ids.ts';
import { cannot, connectorOf, type SourceParts } from '../domain/sources/source-connector.ts';
import { getSource, type Source } from '../domain/sources/sources.ts';
import { listSchemas, type SourceSchema } from '../domain/sources/source-schemas.ts';
import { plainAttributesOf } from '../domain/sources/source-secrets.ts';
import { discardFile, publishFile, type Spool } from '../domain/tasks/spool.ts';
import { listed } from '../error-text.ts';
import { badRequestContent, illegalValue } from '../errors.ts';
import type { Task, TaskType } from '../storage/tasks/tasks.ts';
import type { TaskRunner } from './task-runner.ts';

export interface AggregationParts extends SourceParts {
  readonly spool: Spool;
  readonly tasks: TaskRunner;
}

/** A client's request to aggregate objects of a source. */
export interface AggregationRequest {
  readonly sourceId: string;
  /** The name of the uploaded file in the spool, if there was one. */
  readonly file: string | undefined;
  readonly launcher: string;
  readonly context: ChangeContext;
}

/** The parts of a task that differ between accounts and entitlements. */
export interface AggregationPlan {
  readonly type: TaskType;
  readonly uniqueName: string;
  /** The schemas that the input may have. */
  readonly candidates: readonly SourceSchema[];
  readonly parameters?: Partial<AggregationParameters>;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Returns the plan for a source with its schemas. Throws a 400 if the request does not fit them. */
export type AggregationPlanner = (source: Source, schemas: readonly SourceSchema[]) => AggregationPlan;

/**
 * Validates the request and queues an aggregation of an uploaded file, or over the connection of the source, depending
 * on its connector. The file is deleted from the spool if the request is rejected, or when the task has ended.
 * @throws 404 if the source is unknown; 400 if its connector cannot read, if a required file is missing, if there is a
 *   file but the connector reads a connection, and if the schema is ambiguous; the errors of `planner`
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
  { database, connectors, spool, tasks }: AggregationParts,
  { sourceId, file, launcher, context }: AggregationRequest,
  planner: AggregationPlanner,
): Promise<Task> {
  const source = await getSource(database, sourceId);
  const connector = connectorOf(connectors, source);
  if (connector.read === undefined) {
    throw cannot(source, connector, 'read');
  }
  if (connector.input === 'file' && file === undefined) {
    throw badRequestContent(
      `Source "${source.name}" reads files: send a CSV file as multipart/form-data in the part "file" ("csvFile" for /entitlements/aggregate).`,
    );
  }
  if (connector.input === 'connection' && file !== undefined) {
    throw badRequestContent(`Source "${source.name}" reads over its connection: send no file.`);
  }
  const plan = planner(source, await listSchemas(database, source.id));
  const schema =
    connector.input === 'file' && file !== undefined
      ? await connector.matchSchema({
          file: spool.path(file),
          connectorAttributes: await plainAttributesOf(database.keyed, source),
          schemas: plan.candidates,
        })
      : onlySchema(plan.candidates);
  if (file !== undefined) {
    await publishFile(database, spool, file);
  }
  const parameters: AggregationParameters = { objectType: schema.name, ...plan.parameters };
  return tasks.submit({
    id: newId(),
    type: plan.type,
    uniqueName: plan.uniqueName,
    description: 'Aggregate from the specified application',
    launcher,
    sourceId: source.id,
    parameters: { ...(file === undefined ? {} : { file }), ...parameters },
    attributes: { applications: source.name, ...plan.attributes },
    actorId: context.actorId,
    clientId: context.clientId,
    trackingId: context.trackingId,
  });
}

/** Returns the schema to read over a connection. Throws a 400 if there are several or it has no identity attribute. */
function onlySchema(candidates: readonly SourceSchema[]): SourceSchema {
  const [schema, another] = candidates;
  if (schema === undefined || another !== undefined) {
    const names = listed(candidates.map(({ name }) => `"${name}"`));
    throw illegalValue(`The source has the schemas ${names}. Name one in the part "objectType".`);
  }
  if (schema.identityAttribute === null) {
    throw illegalValue(
      `Schema "${schema.name}" has no identityAttribute. Set it to the attribute that contains the key.`,
    );
  }
  return schema;
}
