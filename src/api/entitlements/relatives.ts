/** The common part of the operations for the parents and the children of an entitlement (contract A.1, 4 and 5). */
import { Type } from 'typebox';
import { relativesOf } from '../../domain/entitlements/entitlements.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { collectionV2026, relativesCollection } from './list-facts.ts';
import { shapeV1, shapeV2 } from './projections.ts';
import { entitlementsReply } from './replies.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const scopes = ['idn:entitlement:read', 'idn:entitlement:manage'];

const v2026 = {
  security: { userAuth: scopes },
  collection: collectionV2026,
  success: { status: 200, schema: Type.Array(entitlementV2) },
  variant: shapeV2,
};

/** Returns the operation that lists the parents or the children. */
export function defineRelativesOperation(relatives: 'parents' | 'children', operationId: string) {
  return defineOperation({
    operationId,
    method: 'GET',
    path: `/entitlements/{id}/${relatives}`,
    tag: 'Entitlements',
    summary: `List the ${relatives} of an entitlement`,
    families: contractFamilies,
    pathParameters: idPath,
    security: { userAuth: scopes, applicationAuth: scopes },
    userLevels: ['ORG_ADMIN'],
    collection: relativesCollection,
    success: { status: 200, schema: Type.Array(entitlement) },
    errors: [400, 401, 403, 404, 429, 500],
    variant: shapeV1,
    overrides: {
      v2026,
      v1: v2026,
    },
    handle: async ({ application, path, list, variant }) => {
      return entitlementsReply(application, variant, await relativesOf(application.database, relatives, path.id), list);
    },
  });
}
