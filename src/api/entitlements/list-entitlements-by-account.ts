import { Type } from 'typebox';
import { holdingsOf } from '../../domain/accounts/accounts.ts';
import { defineOperation } from '../operation.ts';
import { collectionV2026 } from './list-facts.ts';
import { shapeV2 } from './projections.ts';
import { entitlementsReply } from './replies.ts';
import { entitlementV2 } from './schemas.ts';

const { filters: _filters, ...collection } = collectionV2026;

/**
 * GET /entitlements/account/{accountId}/entitlements (contract A.1, 13). Unlike other lists it always returns the total
 * number, in a different header.
 */
export const listEntitlementsByAccount = defineOperation({
  operationId: 'listEntitlementsByAccount',
  tag: 'Entitlements',
  summary: 'List the entitlements of an account',
  method: 'GET',
  path: '/entitlements/account/{accountId}/entitlements',
  families: ['v2026', 'v1'],
  security: { userAuth: ['idn:entitlement:read'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({ accountId: Type.String({ minLength: 1 }) }),
  collection,
  success: { status: 200, schema: Type.Array(entitlementV2) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, list }) => {
    const scope = await holdingsOf(application.database, path.accountId);
    const { body, total = 0 } = await entitlementsReply(application, shapeV2, scope, { ...list, count: true });
    return { body, total: list.count ? total : undefined, headers: { 'total-count': String(total) } };
  },
});
