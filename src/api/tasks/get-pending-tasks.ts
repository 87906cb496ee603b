import { Type } from 'typebox';
import { listPendingTasks } from '../../domain/tasks/tasks.ts';
import { defineOperation } from '../operation.ts';
import { pendingTasks } from './pending-tasks.ts';
import { toTaskStatus } from './projections.ts';
import { taskStatus } from './schemas.ts';

/** GET /task-status/pending-tasks (contract B.7). */
export const getPendingTasks = defineOperation({
  ...pendingTasks,
  operationId: 'getPendingTasks',
  summary: 'List the tasks that have not ended, newest first',
  method: 'GET',
  success: { status: 200, schema: Type.Array(taskStatus) },
  handle: async ({ application, list }) => {
    const { tasks, total } = await listPendingTasks(application.database, list);
    return { body: tasks.map(toTaskStatus), total };
  },
});
