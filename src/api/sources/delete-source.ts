import { Type } from 'typebox';
import { requestSourceDeletion } from '../../tasks/request-source-deletion.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath, oneOf } from '../schemas.ts';
import { manageSources, sourceLevels } from './access.ts';

/** DELETE /sources/{id} (contract B.1), which queues a task. */
export const deleteSource = defineOperation({
  operationId: 'deleteSource',
  tag: 'Sources',
  summary: 'Delete a source with its accounts and entitlements',
  method: 'DELETE',
  path: '/sources/{id}',
  families: contractFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  success: {
    status: 202,
    schema: Type.Object(
      { type: oneOf(['TASK_RESULT']), id: Type.String(), name: Type.String() },
      { additionalProperties: false },
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { operationId: 'delete' } },
  handle: async ({ application, path, ifMatch, caller, context }) => {
    const task = await requestSourceDeletion(application, {
      sourceId: path.id,
      ifMatch,
      launcher: caller.name,
      context,
    });
    return { body: { type: 'TASK_RESULT', id: task.id, name: task.uniqueName } };
  },
});
