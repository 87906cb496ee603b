import { changeSchedule } from '../../domain/sources/schedules.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { manageSources, sourceLevels } from './access.ts';
import { patchableSchedule, schedule, scheduleFamilies, schedulePath } from './schedules.ts';

/** PATCH /sources/{sourceId}/schedules/{scheduleType} (contract B.1). */
export const updateSourceSchedule = defineOperation({
  operationId: 'updateSourceSchedule',
  tag: 'Sources',
  summary: 'Patch a schedule of a source',
  method: 'PATCH',
  path: '/sources/{sourceId}/schedules/{scheduleType}',
  families: scheduleFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: schedulePath,
  body: jsonPatchBody,
  success: { status: 200, schema: schedule },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const changed = await changeSchedule(
      application,
      path.sourceId,
      path.scheduleType,
      { ifMatch, context },
      (before) => patchedFields(patchableSchedule, before, body).cronExpression,
    );
    return { body: changed.schedule, version: changed.version };
  },
});
