import { countEntitlementsOf } from '../../storage/aggregation.ts';
import type { Database } from '../../storage/database.ts';
import { replaceTaskProblems } from '../../storage/task-problems.ts';
import { type Task, updateTask } from '../../storage/tasks.ts';
import { illegalValue } from '../../errors.ts';
import { getSource, setSourceStatus } from '../sources.ts';
import { listSchemas } from '../source-schemas.ts';
import type { Spool } from '../spool.ts';
import { AggregationReport } from './report.ts';
import type { AggregationRun } from './run.ts';

/** The share of a type's entitlements, in percent, that one run may delete where the source does not say. */
const defaultDeleteThreshold = 10;

/** From so many changes on the database looks at its data again. */
const manyChanges = 500;

/** What the parameters of an aggregation's task hold. */
export interface AggregationParameters {
  /** The file in the spool. */
  readonly file: string;
  /** The name of the group schema. */
  readonly objectType: string;
  /** The number of entitlements before the first attempt; set by it. */
  readonly countBefore?: number;
}

/** Reads what a task's run needs, and remembers how many entitlements there were before its first attempt. */
export async function prepareAggregation(
  database: Database,
  spool: Spool,
  task: Task,
  signal: AbortSignal,
): Promise<{
  run: AggregationRun;
  source: Awaited<ReturnType<typeof getSource>>;
  schema: Awaited<ReturnType<typeof listSchemas>>[number];
  file: string;
}> {
  const parameters = task.parameters as unknown as AggregationParameters;
  const source = await getSource(database, task.sourceId ?? '');
  const schema = (await listSchemas(database, source.id)).find(({ name }) => name === parameters.objectType);
  if (schema === undefined) {
    throw illegalValue(`The source has no schema "${parameters.objectType}" any more.`);
  }
  const scope = { sourceId: source.id, type: schema.name };
  const countBefore = parameters.countBefore ?? (await countEntitlementsOf(database.scan, scope));
  if (parameters.countBefore === undefined) {
    await database.write((transaction) =>
      updateTask(transaction, task, { parameters: { ...parameters, countBefore } }, Date.now()),
    );
  }
  return {
    source,
    schema,
    file: parameters.file,
    run: {
      database,
      task,
      scope,
      schema,
      deleteThreshold: source.deleteThreshold ?? defaultDeleteThreshold,
      countBefore,
      stageFile: `${spool.path(parameters.file)}.stage`,
      context: { actorId: task.actorId, clientId: task.clientId, taskId: task.id, trackingId: task.trackingId },
      report: new AggregationReport(source.name, task.attributes),
      signal,
    },
  };
}

/** Records how a run ended: with `failure` an ERROR; else SUCCESS, or WARNING where its report has a warning. */
export async function recordOutcome(run: AggregationRun, failure?: string): Promise<void> {
  const { report } = run;
  const status = failure !== undefined ? 'ERROR' : report.hasWarnings ? 'WARNING' : 'SUCCESS';
  await run.database.write(async (transaction) => {
    const now = Date.now();
    await replaceTaskProblems(transaction, run.task.id, report.problems);
    if (failure === undefined) {
      await setSourceStatus(transaction, run.scope.sourceId, 'SOURCE_STATE_HEALTHY', run.context);
    }
    await updateTask(
      transaction,
      run.task,
      {
        attributes: report.attributesWith({}),
        messages: [
          ...(failure === undefined ? [] : [{ type: 'ERROR' as const, key: 'aggregation_failed', text: failure }]),
          ...report.messages(),
        ],
        progress: failure === undefined ? 'Completed' : 'Failed',
        percentComplete: 100,
        completionStatus: status,
        completed: now,
      },
      now,
    );
  });
  const { groupsCreated, groupsUpdated, groupsDeleted } = report.counts;
  if (groupsCreated + groupsUpdated + groupsDeleted >= manyChanges) {
    // The run is recorded: what fails now fails only to make later reads faster.
    await run.database.refreshStatistics().catch((error: Error) => {
      process.emitWarning(`The statistics of the database could not be refreshed: ${error.message}`);
    });
  }
}
