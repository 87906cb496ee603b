import { Type } from 'typebox';
import { listTaskProblems as findTaskProblems } from '../../domain/tasks/tasks.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readTasks, taskReaderLevels } from './access.ts';

/**
 * GET /muniment/v1/tasks/{id}/problems: all problems of a task, the first of which are in the task's messages. Sent as a
 * single text: with at most 100,000 problems of at most 20 lines that is some megabytes.
 */
export const listTaskProblems = defineOperation({
  operationId: 'listTaskProblems',
  tag: 'Task Management',
  summary: 'Get the problems of a task as CSV',
  method: 'GET',
  path: '/tasks/{id}/problems',
  families: ['muniment'],
  security: readTasks,
  userLevels: taskReaderLevels,
  pathParameters: idPath,
  success: { status: 200, schema: Type.String(), mediaType: 'text/csv' },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    let csv = 'lines,problem\r\n';
    for await (const page of findTaskProblems(application.database, path.id)) {
      csv += page.map(({ lines, problem }) => `${lines.join(' ')},${quoted(problem)}\r\n`).join('');
    }
    return { body: new PreparedText(csv) };
  },
});

/** Formats a CSV value (RFC 4180). */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
