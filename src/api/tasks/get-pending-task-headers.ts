import { listPendingTasks } from '../../domain/tasks/tasks.ts';
import { defineOperation } from '../operation.ts';
import { pendingTasks } from './pending-tasks.ts';

/** HEAD /task-status/pending-tasks (contract B.7): with count=true the number of open tasks. */
export const getPendingTaskHeaders = defineOperation({
  ...pendingTasks,
  operationId: 'getPendingTaskHeaders',
  summary: 'Count the tasks that have not ended',
  method: 'HEAD',
  success: { status: 200 },
  handle: async ({ application, list }) => {
    const { total } = await listPendingTasks(application.database, { ...list, limit: 0 });
    return { total };
  },
});
