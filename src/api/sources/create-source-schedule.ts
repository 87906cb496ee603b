import { createSchedule } from '../../domain/sources/schedules.ts';
import { defineOperation } from '../operation.ts';
import { manageSources, sourceLevels } from './access.ts';
import { schedule, scheduleFamilies, schedulesPath } from './schedules.ts';

/** POST /sources/{sourceId}/schedules (contract B.1). */
export const createSourceSchedule = defineOperation({
  operationId: 'createSourceSchedule',
  tag: 'Sources',
  summary: 'Schedule the aggregation of a source that is read over a connection',
  method: 'POST',
  path: '/sources/{sourceId}/schedules',
  families: scheduleFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: schedulesPath,
  body: { mediaType: 'application/json', schema: schedule },
  success: { status: 201, schema: schedule },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const created = await createSchedule(application, path.sourceId, body, { ifMatch, context });
    return { body: created.schedule, version: created.version };
  },
});
