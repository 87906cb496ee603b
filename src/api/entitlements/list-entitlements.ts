import { Type } from 'typebox';
import { holdingsOfNamed } from '../../domain/accounts/accounts.ts';
import { badRequestContent } from '../../errors.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { collectionV2026, entitlementCollection } from './list-facts.ts';
import { shapeV1, shapeV2 } from './projections.ts';
import { entitlementsReply } from './replies.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const scopes = ['idn:entitlement:read', 'idn:entitlement:manage'];

const segmentParameters = {
  'segmented-for-identity': Type.Optional(
    Type.String({ description: 'Only entitlements that this identity may request because of its segments.' }),
  ),
  'for-segment-ids': Type.Optional(
    Type.String({ format: 'comma-separated', description: 'Only entitlements of these segments.' }),
  ),
  'include-unsegmented': Type.Optional(
    Type.Boolean({ default: true, description: 'Whether to include entitlements without a segment.' }),
  ),
};

const v2026 = {
  security: { userAuth: scopes },
  query: Type.Object({}),
  parametersNotServed: Type.Object(segmentParameters),
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
  query: Type.Object({
    'account-id': Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Only entitlements that this account holds. Cannot be combined with filters.',
      }),
    ),
  }),
  parametersNotServed: Type.Object(segmentParameters),
  collection: entitlementCollection,
  success: { status: 200, schema: Type.Array(entitlement) },
  errors: [400, 401, 403, 429, 500],
  variant: shapeV1,
  overrides: {
    v2026,
    v1: v2026,
  },
  namesObjects: ({ query: { 'account-id': id } }) => (id === undefined ? [] : [{ kind: 'account', id }]),
  handle: async ({ application, query, list, variant }) => {
    const accountId = query['account-id'];
    if (accountId !== undefined && list.condition !== undefined) {
      throw badRequestContent('Parameters "account-id" and "filters" cannot be used together. Omit one of them.');
    }
    const scope =
      accountId === undefined ? ({ of: 'all' } as const) : await holdingsOfNamed(application.database, accountId);
    return entitlementsReply(application, variant, scope, list);
  },
});
