import { Type } from 'typebox';
import { listEntitlementHistory as listHistory } from '../../domain/entitlements/entitlement-history.ts';
import { toHistoryEntry } from '../changes/projections.ts';
import { historyEntry } from '../changes/schemas.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { readHistory } from './access.ts';

/** GET /muniment/v1/entitlements/{id}/history: works for deleted entitlements, too. */
export const listEntitlementHistory = defineOperation({
  operationId: 'listEntitlementHistory',
  tag: 'Entitlements',
  summary: 'List the changes of an entitlement, newest first',
  method: 'GET',
  path: '/entitlements/{id}/history',
  families: ['muniment'],
  security: readHistory,
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(historyEntry) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, list }) => {
    const { changes, total } = await listHistory(application.database, path.id, list);
    return { body: new PreparedText(`[${changes.map(toHistoryEntry).join(',')}]`), total };
  },
});
