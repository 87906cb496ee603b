import { getTask } from '../../domain/tasks/tasks.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { deleteEntitlements } from './access.ts';
import { bulkDeletion, toBulkDeletion } from './bulk-deletion.ts';

/** GET /entitlements/bulk-delete/{id} (contract A.2, which has no path for it). */
export const getDeleteBulkEntitlementsStatus = defineOperation({
  operationId: 'getDeleteBulkEntitlementsStatus',
  method: 'GET',
  path: '/entitlements/bulk-delete/{id}',
  tag: 'Entitlements',
  summary: 'Get the state of a bulk deletion',
  families: ['beta', 'muniment'],
  pathParameters: idPath,
  security: deleteEntitlements,
  userLevels: ['ORG_ADMIN'],
  success: { status: 200, schema: bulkDeletion },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => ({ body: toBulkDeletion(await getTask(application.database, path.id)) }),
});
