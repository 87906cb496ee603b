import { Type } from 'typebox';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { collectionV2026, entitlementCollection } from './list-facts.ts';
import { requestedScope, scopeParameters, segmentParameters } from './list-scope.ts';
import { shapeV1, shapeV2 } from './projections.ts';
import { entitlementsReply } from './replies.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const scopes = ['idn:entitlement:read', 'idn:entitlement:manage'];

const v2026 = {
  security: { userAuth: scopes },
  query: segmentParameters,
  collection: collectionV2026,
  success: { status: 200, schema: Type.Array(entitlementV2) },
  variant: shapeV2,
};

/** GET /entitlements (contract A.1, 1). */
export const listEntitlements = defineOperation({
  operationId: 'listEntitlements',
  method: 'GET',
  path: '/entitlements',
  tag: 'Entitlements',
  summary: 'List entitlements',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: [],
  query: scopeParameters,
  collection: entitlementCollection,
  success: { status: 200, schema: Type.Array(entitlement) },
  errors: [400, 401, 403, 429, 500],
  variant: shapeV1,
  overrides: {
    v2026,
    v1: v2026,
  },
  namesObjects: ({ query: { 'account-id': id } }) => (id === undefined ? [] : [{ kind: 'account', id }]),
  handle: async (call) => entitlementsReply(call.application, call.variant, await requestedScope(call), call.list),
});
