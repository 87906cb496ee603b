import { patchTask } from '../../domain/tasks/cancel-task.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { changeTasks, taskChangerLevels } from './access.ts';
import { toTaskStatus } from './projections.ts';
import { patchableTask, taskStatus } from './schemas.ts';

/** PATCH /task-status/{id} (contract B.7). */
export const updateTaskStatus = defineOperation({
  operationId: 'updateTaskStatus',
  tag: 'Task Management',
  summary: 'Cancel a task: set its completionStatus to TERMINATED',
  method: 'PATCH',
  path: '/task-status/{id}',
  families: contractFamilies,
  security: changeTasks,
  userLevels: taskChangerLevels,
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 200, schema: taskStatus },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, caller }) => {
    const task = await patchTask(
      application.database,
      path.id,
      (before) => patchedFields(patchableTask, toTaskStatus(before), body),
      caller.name,
    );
    return { body: toTaskStatus(task) };
  },
});
