import { Type } from 'typebox';
import { listSchedules } from '../../domain/sources/schedules.ts';
import { defineOperation } from '../operation.ts';
import { readSources, sourceLevels } from './access.ts';
import { schedule, scheduleFamilies, schedulesPath } from './schedules.ts';

/** GET /sources/{sourceId}/schedules (contract B.1). */
export const getSourceSchedules = defineOperation({
  operationId: 'getSourceSchedules',
  tag: 'Sources',
  summary: 'List the schedules of a source',
  method: 'GET',
  path: '/sources/{sourceId}/schedules',
  families: scheduleFamilies,
  security: readSources,
  userLevels: sourceLevels,
  pathParameters: schedulesPath,
  success: { status: 200, schema: Type.Array(schedule) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => ({ body: await listSchedules(application.database, path.sourceId) }),
});
