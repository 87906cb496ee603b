import { Type } from 'typebox';
import { mostDeleted } from '../../domain/removal/bulk-deletion.ts';
import { requestEntitlementDeletion } from '../../tasks/request-entitlement-deletion.ts';
import { defineOperation } from '../operation.ts';
import { deleteEntitlements } from './access.ts';
import { bulkDeletion, toBulkDeletion } from './bulk-deletion.ts';

/** POST /entitlements/bulk-delete (contract A.2, which has no path for it), which queues a task. */
export const deleteBulkEntitlements = defineOperation({
  operationId: 'deleteBulkEntitlements',
  method: 'POST',
  path: '/entitlements/bulk-delete',
  tag: 'Entitlements',
  summary: 'Delete up to 50 entitlements',
  families: ['beta', 'muniment'],
  pathParameters: Type.Object({}),
  security: deleteEntitlements,
  userLevels: ['ORG_ADMIN'],
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      { ids: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: mostDeleted }) },
      { additionalProperties: false, title: 'EntitlementBulkDeleteRequest' },
    ),
  },
  success: { status: 201, schema: bulkDeletion },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, caller, context }) => {
    const request = { ids: body.ids, launcher: caller.name, context };
    return { body: toBulkDeletion(await requestEntitlementDeletion(application, request)) };
  },
});
