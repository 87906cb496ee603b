import { countAccountsOf } from '../../storage/accounts/account-aggregation.ts';
import { countEntitlementsOf } from '../../storage/entitlements/entitlement-aggregation.ts';
import { findCorrelationConfig, findIdentityMapping } from '../../storage/sources/correlation-config.ts';
import type { Database, Session } from '../../storage/database.ts';
import { replaceTaskProblems } from '../../storage/tasks/task-problems.ts';
import { type Task, updateTask } from '../../storage/tasks/tasks.ts';
import { illegalValue } from '../../errors.ts';
import { accountSchemaOf, entitlementLinksOf } from '../sources/schema-rules.ts';
import { getSource, setSourceStatus, type Source, type SourceStatus } from '../sources/sources.ts';
import { listSchemas, type SourceSchema } from '../sources/source-schemas.ts';
import { enqueueStatistics } from '../statistics.ts';
import { scratchFileOf, type Spool } from '../tasks/spool.ts';
import { accountObjects } from './account-objects.ts';
import { aggregate } from './aggregate.ts';
import { entitlementObjects } from './entitlement-objects.ts';
import { AggregationReport, type CountNames } from './report.ts';
import { type AggregationRun, refuseLostBatches } from './run.ts';
import type { InputBatch } from './stage-input.ts';

/** The percentage of objects that one run may delete if the source does not set it. */
const defaultDeleteThreshold = 10;

/** The number of changes from which the database's statistics are refreshed. */
const manyChanges = 500;

/** The parameters of an aggregation task. */
export interface AggregationParameters {
  /** The spool file, if a file was uploaded. */
  readonly file?: string;
  /** The name of the schema. */
  readonly objectType: string;
  /** For accounts: whether every account is written as if it had changed. */
  readonly disableOptimization?: boolean;
  /** The number of objects before the first attempt, which sets it. */
  readonly countBefore?: number;
}

/** The names of the counts of an entitlement aggregation; the first four are the contract's `returns`. */
export const entitlementCountNames: CountNames = {
  total: 'total',
  created: 'groupsCreated',
  updated: 'groupsUpdated',
  deleted: 'groupsDeleted',
  restored: 'groupsRestored',
  unchanged: 'groupsUnchanged',
  kept: 'groupsKept',
  badRows: 'badRows',
};

/** The names of the counts of an account aggregation; the first six are among the contract's `returns`. */
export const accountCountNames: CountNames = {
  total: 'total',
  created: 'created',
  updated: 'updated',
  deleted: 'deleted',
  unchanged: 'optimized',
  entitlementsCreated: 'managedAttributesCreated',
  entitlementsDeleted: 'groupsDeleted',
  restored: 'restored',
  badRows: 'badRows',
  identitiesCreated: 'identitiesCreated',
  identitiesUpdated: 'identitiesUpdated',
};

/** A run that is ready to read its input. */
export interface PreparedAggregation {
  readonly run: AggregationRun;
  readonly source: Source;
  readonly schema: SourceSchema;
  /** The spool file; undefined if the connector reads from the system itself. */
  readonly file: string | undefined;
  /** Does the work. Throws as `aggregate` does. */
  readonly aggregate: (batches: AsyncIterable<InputBatch>) => Promise<void>;
}

/** Reads what an entitlement aggregation needs. Throws if the source or schema no longer exists. */
export async function prepareEntitlementAggregation(
  database: Database,
  spool: Spool,
  task: Task,
  signal: AbortSignal,
): Promise<PreparedAggregation> {
  const { parameters, source, schemas } = await startingPoint(database, task);
  const schema = schemas.find(({ name }) => name === parameters.objectType);
  if (schema === undefined) {
    throw illegalValue(`The source no longer has a schema "${parameters.objectType}".`);
  }
  const scope = { sourceId: source.id, type: schema.name };
  const run = await runOf(database, spool, task, source, signal, {
    count: (session) => countEntitlementsOf(session, scope),
    report: new AggregationReport({ applications: source.name }, entitlementCountNames, task.attributes),
  });
  const objects = entitlementObjects(scope, schema, run.context);
  return { run, source, schema, file: parameters.file, aggregate: (batches) => aggregate(run, objects, batches) };
}

/** Reads what an account aggregation needs. Throws if the source or schema no longer exists. */
export async function prepareAccountAggregation(
  database: Database,
  spool: Spool,
  task: Task,
  signal: AbortSignal,
): Promise<PreparedAggregation> {
  const { parameters, source, schemas } = await startingPoint(database, task);
  const schema = accountSchemaOf(schemas);
  if (schema === undefined) {
    throw illegalValue(`The source no longer has an account schema.`);
  }
  const { applications, appId, optimizedAggregation } = task.attributes;
  const run = await runOf(database, spool, task, source, signal, {
    count: (session) => countAccountsOf(session, source.id),
    report: new AggregationReport({ applications, appId, optimizedAggregation }, accountCountNames, task.attributes),
  });
  const settings = [
    await findCorrelationConfig(database.keyed, source.id),
    await findIdentityMapping(database.keyed, source.id),
    source.details['managerCorrelationMapping'],
  ];
  const objects = accountObjects(
    {
      source,
      schema,
      links: entitlementLinksOf(schemas),
      settings: JSON.stringify(settings),
      isEverythingApplied: parameters.disableOptimization === true,
    },
    run.context,
  );
  return { run, source, schema, file: parameters.file, aggregate: (batches) => aggregate(run, objects, batches) };
}

async function startingPoint(
  database: Database,
  task: Task,
): Promise<{ parameters: AggregationParameters; source: Source; schemas: readonly SourceSchema[] }> {
  const parameters = task.parameters as unknown as AggregationParameters;
  const source = await getSource(database, task.sourceId ?? '');
  return { parameters, source, schemas: await listSchemas(database, source.id) };
}

/** Returns the run of a task. The number of objects before its first attempt is stored in the task. */
async function runOf(
  database: Database,
  spool: Spool,
  task: Task,
  source: Source,
  signal: AbortSignal,
  { count, report }: { readonly count: (session: Session) => Promise<number>; readonly report: AggregationReport },
): Promise<AggregationRun> {
  const parameters = task.parameters as unknown as AggregationParameters;
  const countBefore = parameters.countBefore ?? (await count(database.scan));
  if (parameters.countBefore === undefined) {
    await database.write((transaction) =>
      updateTask(transaction, task, { parameters: { ...parameters, countBefore } }, Date.now()),
    );
  }
  return {
    database,
    task,
    sourceId: source.id,
    input: parameters.file === undefined ? 'source' : 'file',
    deleteThreshold: source.deleteThreshold ?? defaultDeleteThreshold,
    countBefore,
    stageFile: spool.path(scratchFileOf(task)),
    context: { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId },
    report,
    signal,
  };
}

/** Why a run ended with ERROR, as a message of its task. */
export interface RunFailure {
  readonly key: string;
  readonly text: string;
  /** The state of the source, if the failure shows it. */
  readonly sourceStatus?: SourceStatus | undefined;
}

/** Records how a run ended: ERROR if there is a `failure`, else SUCCESS, or WARNING if its report has a warning. */
export async function recordOutcome(run: AggregationRun, failure?: RunFailure): Promise<void> {
  const { report } = run;
  const status = failure !== undefined ? 'ERROR' : report.hasWarnings ? 'WARNING' : 'SUCCESS';
  await run.database.write(async (transaction) => {
    const now = Date.now();
    await replaceTaskProblems(transaction, run.task.id, report.problems);
    const sourceStatus = failure === undefined ? 'SOURCE_STATE_HEALTHY' : failure.sourceStatus;
    if (sourceStatus !== undefined) {
      await setSourceStatus(transaction, run.sourceId, sourceStatus, run.context);
    }
    const version = await updateTask(
      transaction,
      run.task,
      {
        attributes: report.attributesWith({}),
        messages: [
          ...(failure === undefined ? [] : [{ type: 'ERROR' as const, key: failure.key, text: failure.text }]),
          ...report.messages(),
        ],
        progress: failure === undefined ? 'Completed' : 'Failed',
        percentComplete: 100,
        completionStatus: status,
        completed: now,
      },
      now,
    );
    refuseLostBatches(run, version);
    const { created, updated, deleted } = report.counts;
    if (created + updated + deleted >= manyChanges) {
      await enqueueStatistics(transaction, now);
    }
  });
}
