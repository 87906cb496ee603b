import { getEntitlement as getOne } from '../../domain/entitlements/entitlements.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { shapeV1, shapeV2 } from './projections.ts';
import { entitlementReply } from './replies.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const scopes = ['idn:entitlement:read', 'idn:entitlement:manage'];

const v2026 = {
  security: { userAuth: scopes },
  success: { status: 200, schema: entitlementV2 },
  variant: shapeV2,
};

/** GET /entitlements/{id} (contract A.1, 2). */
export const getEntitlement = defineOperation({
  operationId: 'getEntitlement',
  method: 'GET',
  path: '/entitlements/{id}',
  tag: 'Entitlements',
  summary: 'Get an entitlement',
  families: contractFamilies,
  pathParameters: idPath,
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: ['ORG_ADMIN'],
  success: { status: 200, schema: entitlement },
  errors: [400, 401, 403, 404, 429, 500],
  variant: shapeV1,
  overrides: {
    beta: {
      security: { userAuth: ['idn:entitlement:read', 'idn:entitlement:update'], applicationAuth: scopes },
      userLevels: ['ORG_ADMIN', 'SOURCE_ADMIN'],
    },
    v2026,
    v1: v2026,
  },
  handle: async ({ application, path, variant }) => {
    return entitlementReply(application, variant, await getOne(application.database, path.id));
  },
});
