import { deleteSchedule } from '../../domain/sources/schedules.ts';
import { defineOperation } from '../operation.ts';
import { manageSources, sourceLevels } from './access.ts';
import { scheduleFamilies, schedulePath } from './schedules.ts';

/** DELETE /sources/{sourceId}/schedules/{scheduleType} (contract B.1). */
export const deleteSourceSchedule = defineOperation({
  operationId: 'deleteSourceSchedule',
  tag: 'Sources',
  summary: 'Delete a schedule of a source',
  method: 'DELETE',
  path: '/sources/{sourceId}/schedules/{scheduleType}',
  families: scheduleFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: schedulePath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await deleteSchedule(application.database, path.sourceId, path.scheduleType, { ifMatch, context });
    return {};
  },
});
