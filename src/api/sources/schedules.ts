import { Type } from 'typebox';
import { scheduleTypes } from '../../domain/sources/schedules.ts';
import { contractFamilies } from '../families.ts';
import { oneOf } from '../schemas.ts';

/** The families that have schedules. */
export const scheduleFamilies = contractFamilies.filter((family) => family !== 'beta');

/** A schedule of a source (contract B.1). */
export const schedule = Type.Object(
  {
    type: oneOf(scheduleTypes, { description: 'GROUP_AGGREGATION: all entitlement schemas.' }),
    cronExpression: Type.String({
      description: 'Quartz: seconds, minutes, hours, day of month, month, day of week and, optionally, year, in UTC.',
    }),
  },
  { additionalProperties: false, title: 'Schedule' },
);

/** The patchable fields of a schedule. */
export const patchableSchedule = { schema: Type.Pick(schedule, ['cronExpression']) };

/** The path of a source's schedules. */
export const schedulesPath = Type.Object({ sourceId: Type.String({ minLength: 1 }) });

/** The path of one schedule. */
export const schedulePath = Type.Object({
  sourceId: Type.String({ minLength: 1 }),
  scheduleType: oneOf(scheduleTypes),
});
