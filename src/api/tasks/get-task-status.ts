import { getTask } from '../../domain/tasks/tasks.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readTasks, taskReaderLevels } from './access.ts';
import { toTaskStatus } from './projections.ts';
import { taskStatus } from './schemas.ts';

/** GET /task-status/{id} (contract B.7). */
export const getTaskStatus = defineOperation({
  operationId: 'getTaskStatus',
  tag: 'Task Management',
  summary: 'Get the status of a task',
  method: 'GET',
  path: '/task-status/{id}',
  families: contractFamilies,
  security: readTasks,
  userLevels: taskReaderLevels,
  pathParameters: idPath,
  success: { status: 200, schema: taskStatus },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => ({ body: toTaskStatus(await getTask(application.database, path.id)) }),
});
