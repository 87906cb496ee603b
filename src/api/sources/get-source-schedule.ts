import { getSchedule } from '../../domain/sources/schedules.ts';
import { defineOperation } from '../operation.ts';
import { readSources, sourceLevels } from './access.ts';
import { schedule, scheduleFamilies, schedulePath } from './schedules.ts';

/** GET /sources/{sourceId}/schedules/{scheduleType} (contract B.1). */
export const getSourceSchedule = defineOperation({
  operationId: 'getSourceSchedule',
  tag: 'Sources',
  summary: 'Get a schedule of a source',
  method: 'GET',
  path: '/sources/{sourceId}/schedules/{scheduleType}',
  families: scheduleFamilies,
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: schedulePath,
  success: { status: 200, schema: schedule },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const found = await getSchedule(application.database, path.sourceId, path.scheduleType);
    return { body: found.schedule, version: found.version };
  },
});
