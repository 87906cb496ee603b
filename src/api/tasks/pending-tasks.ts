import { Type } from 'typebox';
import { readTasks, taskReaderLevels } from './access.ts';

/** What GET and HEAD /task-status/pending-tasks have in common. */
export const pendingTasks = {
  tag: 'Task Management',
  path: '/task-status/pending-tasks',
  families: ['beta', 'v2024', 'v2025'],
  deprecated: true,
  security: readTasks,
  userLevels: taskReaderLevels,
  pathParameters: Type.Object({}),
  collection: { maximumLimit: 250, sourceField: 'sourceId', actorField: 'actorId' },
  errors: [400, 401, 403, 429, 500],
} as const;
