import { Type } from 'typebox';
import { listTaskProblems as findTaskProblems } from '../../domain/tasks.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readTasks, taskReaderLevels } from './access.ts';

/** GET /muniment/v1/tasks/{id}/problems: the list (at most 100,000 problems), of which the task's messages show the beginning. */
export const listTaskProblems = defineOperation({
  operationId: 'listTaskProblems',
  tag: 'Task Management',
  summary: 'Everything a task left out of its file, as CSV',
  method: 'GET',
  path: '/tasks/{id}/problems',
  families: ['muniment'],
  security: readTasks,
  userLevels: taskReaderLevels,
  pathParameters: idPath,
  success: { status: 200, schema: Type.String(), mediaType: 'text/csv' },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const problems = await findTaskProblems(application.database, path.id);
    const rows = problems.map(({ lines, problem }) => `${lines.join(' ')},${quoted(problem)}\r\n`);
    return { body: new PreparedText(`lines,problem\r\n${rows.join('')}`) };
  },
});

/** A CSV value (RFC 4180). */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
