import { Type } from 'typebox';
import { countHits, type Entitlement, findPage, shownName } from '../../domain/entitlements/entitlements.ts';
import { getIdentity } from '../../domain/identities/identities.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { objectRef } from '../tags/schemas.ts';

const identityEntitlements = Type.Object(
  { objectRef, tags: Type.Array(Type.String()) },
  { additionalProperties: false, title: 'IdentityEntitlements' },
);

/**
 * GET /entitlements/identities/{id}/entitlements (contract A.1, 14): each entitlement once, even if several accounts of
 * the identity hold it.
 */
export const listEntitlementsByIdentity = defineOperation({
  operationId: 'listEntitlementsByIdentity',
  method: 'GET',
  path: '/entitlements/identities/{id}/entitlements',
  tag: 'Identities',
  summary: 'List the entitlements of an identity with their tags',
  families: ['v2024', 'v2025', 'v2026', 'v1'],
  pathParameters: idPath,
  security: { userAuth: ['idn:entitlement:read'] },
  userLevels: ['ORG_ADMIN'],
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(identityEntitlements) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database }, path, list }) => {
    const { id } = await getIdentity(database, path.id);
    const scope = { of: 'identity', identityId: id } as const;
    const [entitlements, total] = await Promise.all([
      list.limit === 0 ? [] : findPage(database, scope, list),
      list.count ? countHits(database, scope, list) : undefined,
    ]);
    return { body: entitlements.map(toIdentityEntitlement), total };
  },
});

function toIdentityEntitlement(entitlement: Entitlement): object {
  return {
    objectRef: { type: 'ENTITLEMENT', id: entitlement.id, name: shownName(entitlement) },
    tags: entitlement.tags === null ? [] : (JSON.parse(entitlement.tags) as unknown),
  };
}
