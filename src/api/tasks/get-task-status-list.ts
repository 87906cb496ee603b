import { Type } from 'typebox';
import { listTasks } from '../../domain/tasks/tasks.ts';
import { contractFamilies } from '../families.ts';
import { type Collection, defineOperation } from '../operation.ts';
import { readTasks, taskReaderLevels } from './access.ts';
import { toTaskStatus } from './projections.ts';
import { completionStatuses, taskStatus } from './schemas.ts';

const collection: Collection = {
  maximumLimit: 250,
  sourceField: 'sourceId',
  actorField: 'actorId',
  filters: {
    id: { type: 'id', operators: ['eq', 'in'] },
    sourceId: { type: 'id', operators: ['eq', 'in'] },
    completionStatus: { type: 'string', operators: ['eq', 'in', 'isnull'], values: completionStatuses },
    type: { type: 'string', operators: ['eq', 'in'] },
  },
  sorters: ['created'],
};

const newer: Collection = {
  ...collection,
  filters: { ...collection.filters, launcher: { type: 'string', operators: ['eq', 'in'] } },
};

/** GET /task-status (contract B.7). */
export const getTaskStatusList = defineOperation({
  operationId: 'getTaskStatusList',
  tag: 'Task Management',
  summary: 'List tasks, newest first',
  method: 'GET',
  path: '/task-status',
  families: contractFamilies,
  security: readTasks,
  userLevels: taskReaderLevels,
  pathParameters: Type.Object({}),
  collection,
  overrides: { v2026: { collection: newer }, v1: { collection: newer } },
  success: { status: 200, schema: Type.Array(taskStatus) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, list }) => {
    const { tasks, total } = await listTasks(application.database, list);
    return { body: tasks.map(toTaskStatus), total };
  },
});
