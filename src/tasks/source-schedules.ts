import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { nextTime } from '../domain/sources/cron.ts';
import { findSchedule, type ScheduleJob, type ScheduleType } from '../domain/sources/schedules.ts';
import { accountSchemaOf, groupSchemasOf, listSchemas } from '../domain/sources/source-schemas.ts';
import { MunimentError } from '../errors.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { parametersOfOpenTasks } from '../storage/tasks/tasks.ts';
import { requestAccountAggregation } from './request-account-aggregation.ts';
import type { AggregationParts } from './request-aggregation.ts';
import { requestEntitlementAggregation } from './request-entitlement-aggregation.ts';

interface ScheduleParts extends AggregationParts {
  readonly clock: Clock;
  readonly log: Logger;
}

/** The launcher of scheduled tasks. */
const launcher = 'Schedule';
const nobody = { actorId: null, clientId: null, taskId: null, trackingId: null };

/**
 * Returns the job kind that requests the aggregations of schedules and waits for their next times. A time that passed
 * while no server ran is made up for once. An aggregation is not requested if the same one is still open.
 */
export function sourceSchedules(parts: ScheduleParts): JobKind {
  return {
    run: async ({ payload }) => {
      const { sourceId, type, time } = payload as unknown as ScheduleJob;
      const { database, clock } = parts;
      const now = clock.now();
      if (time > now) {
        // The schedule has been changed to a later time.
        return time;
      }
      const schedule = await findSchedule(database.keyed, sourceId, type);
      if (schedule === undefined) {
        return undefined;
      }
      await requestAggregations(parts, sourceId, type);
      return nextTime(schedule.cronExpression, now);
    },
  };
}

async function requestAggregations(parts: ScheduleParts, sourceId: string, type: ScheduleType): Promise<void> {
  const { database } = parts;
  const request = { sourceId, file: undefined, launcher, context: nobody };
  const schemas = await listSchemas(database, sourceId);
  const isOpen = async (task: 'CLOUD_ACCOUNT_AGGREGATION' | 'CLOUD_GROUP_AGGREGATION', objectType?: string) =>
    (await parametersOfOpenTasks(database.keyed, sourceId, task)).some((open) => open['objectType'] === objectType);
  if (type === 'ACCOUNT_AGGREGATION') {
    if (!(await isOpen('CLOUD_ACCOUNT_AGGREGATION', accountSchemaOf(schemas)?.name))) {
      await loggingRefusals(parts, sourceId, () =>
        requestAccountAggregation(parts, { ...request, disableOptimization: undefined }),
      );
    }
    return;
  }
  const groups = groupSchemasOf(schemas).map(({ name }) => name);
  // Without a group schema, the refusal says so.
  for (const objectType of groups.length === 0 ? [undefined] : groups) {
    if (!(await isOpen('CLOUD_GROUP_AGGREGATION', objectType))) {
      await loggingRefusals(parts, sourceId, () => requestEntitlementAggregation(parts, { ...request, objectType }));
    }
  }
}

/** A request that does not fit the source would not succeed at a retry either: it is logged until the next time. */
async function loggingRefusals(
  { log }: ScheduleParts,
  sourceId: string,
  request: () => Promise<unknown>,
): Promise<void> {
  try {
    await request();
  } catch (error) {
    if (!(error instanceof MunimentError)) {
      throw error;
    }
    log.error({ sourceId, reason: error.message }, 'A scheduled aggregation could not be requested.');
  }
}
