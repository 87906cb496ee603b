/** The schedules of sources (contract B.1): when a source with a connection is aggregated. */
import type { Connector } from '../../connectors/connector.ts';
import { alreadyExists, badRequestContent, notFound } from '../../errors.ts';
import type { Database, Session, Transaction } from '../../storage/database.ts';
import { enqueueJob } from '../../storage/jobs/jobs.ts';
import { findSetting, type Schedule, type ScheduleType } from '../../storage/sources/source-settings.ts';
import type { Source } from '../../storage/sources/sources.ts';
import type { ChangeOptions } from '../changes/change-context.ts';
import { checkCronExpression, nextTime } from './cron.ts';
import { cannot, connectorOf, type SourceParts } from './source-connector.ts';
import { changeSetting, getSetting } from './source-settings.ts';

export { type Schedule, type ScheduleType, scheduleTypes } from '../../storage/sources/source-settings.ts';

/** A schedule, with the version of its source. */
export interface ScheduleOfSource {
  readonly schedule: Schedule;
  readonly version: number;
}

/** The payload of the job that waits for the next time of a schedule. */
export interface ScheduleJob {
  readonly sourceId: string;
  readonly type: ScheduleType;
  /** When it is to run, in UTC milliseconds: the job may be due earlier, as before a change of the schedule. */
  readonly time: number;
}

/** Returns the schedules of a source, by type. Throws 404. */
export async function listSchedules(database: Database, sourceId: string): Promise<readonly Schedule[]> {
  return (await getSetting(database, sourceId, 'schedules')).value ?? [];
}

/** Returns one schedule of a source. Throws 404 for the source and for the schedule. */
export async function getSchedule(database: Database, sourceId: string, type: ScheduleType): Promise<ScheduleOfSource> {
  const { value, version } = await getSetting(database, sourceId, 'schedules');
  return { schedule: found(value, sourceId, type), version };
}

/** Returns one schedule of a source, or undefined if it, or the source, does not exist. */
export async function findSchedule(
  session: Session,
  sourceId: string,
  type: ScheduleType,
): Promise<Schedule | undefined> {
  return (await findSetting(session, sourceId, 'schedules'))?.find((schedule) => schedule.type === type);
}

/**
 * Adds a schedule to a source.
 * @throws 404; 412; 400 for an invalid expression, if the source has a schedule of this type, and if its connector reads
 *   files, which are uploaded
 */
export async function createSchedule(
  parts: SourceParts,
  sourceId: string,
  schedule: Schedule,
  options: ChangeOptions,
): Promise<ScheduleOfSource> {
  return change(parts, sourceId, schedule.type, options, (schedules) => {
    if (schedules.some(({ type }) => type === schedule.type)) {
      throw alreadyExists('A schedule of the source', 'type', schedule.type);
    }
    return [...schedules, schedule].toSorted((a, b) => (a.type < b.type ? -1 : 1));
  });
}

/**
 * Changes a schedule.
 * @param edit returns the new cron expression; may run more than once
 * @throws 404 for the source and for the schedule; 412; what `edit` throws; 400 as `createSchedule`
 */
export async function changeSchedule(
  parts: SourceParts,
  sourceId: string,
  type: ScheduleType,
  options: ChangeOptions,
  edit: (before: Schedule) => string,
): Promise<ScheduleOfSource> {
  return change(parts, sourceId, type, options, (schedules) => {
    const after = { type, cronExpression: edit(found(schedules, sourceId, type)) };
    return schedules.map((schedule) => (schedule.type === type ? after : schedule));
  });
}

/** Deletes a schedule. Throws 404 for the source and for the schedule, and 412. */
export async function deleteSchedule(
  database: Database,
  sourceId: string,
  type: ScheduleType,
  options: ChangeOptions,
): Promise<void> {
  await changeSetting(database, sourceId, 'schedules', options, {
    edit: (schedules) => {
      found(schedules, sourceId, type);
      const others = schedules?.filter((schedule) => schedule.type !== type) ?? [];
      return others.length === 0 ? undefined : others;
    },
  });
}

async function change(
  { database, connectors }: SourceParts,
  sourceId: string,
  type: ScheduleType,
  options: ChangeOptions,
  edit: (schedules: readonly Schedule[]) => readonly Schedule[],
): Promise<ScheduleOfSource> {
  let schedule: Schedule | undefined;
  const { version } = await changeSetting(database, sourceId, 'schedules', options, {
    edit: (before, source) => {
      refuseFiles(source, connectorOf(connectors, source));
      const after = edit(before ?? []);
      schedule = found(after, sourceId, type);
      checkCronExpression(schedule.cronExpression, Date.now());
      return after;
    },
    andThen: (transaction, source, now) => enqueueSchedule(transaction, source, found([schedule], sourceId, type), now),
  });
  return { schedule: found([schedule], sourceId, type), version };
}

/** Enqueues the job of a schedule for its next time. */
async function enqueueSchedule(
  transaction: Transaction,
  { id: sourceId }: Source,
  { type, cronExpression }: Schedule,
  now: number,
): Promise<void> {
  const time = nextTime(cronExpression, now);
  if (time === undefined) {
    return;
  }
  const payload: ScheduleJob = { sourceId, type, time };
  const job = { key: `schedule ${sourceId} ${type}`, kind: 'source-schedule', lane: 'schedules', sequence: null };
  await enqueueJob(transaction, { ...job, payload: { ...payload }, due: time }, now);
}

function refuseFiles(source: Source, connector: Connector): void {
  if (connector.read === undefined) {
    throw cannot(source, connector, 'read');
  }
  if (connector.input === 'file') {
    throw badRequestContent(
      `Source "${source.name}" reads uploaded files, so there is nothing to read at a scheduled time. Load its files with POST /sources/{id}/load-accounts and load-entitlements, e.g. from a cron job that runs "muniment import". Schedules are for sources whose connector has a connection.`,
    );
  }
}

function found(
  schedules: readonly (Schedule | undefined)[] | undefined,
  sourceId: string,
  type: ScheduleType,
): Schedule {
  const schedule = schedules?.find((one) => one?.type === type);
  if (schedule === undefined) {
    throw notFound(`schedule of type ${type} for the source`, sourceId);
  }
  return schedule;
}
