import { Type } from 'typebox';
import { type AccountTarget, findRevocableObject } from '../../domain/connections/revocable-objects.ts';
import { type Entitlement, shownDescription, shownName } from '../../domain/entitlements/entitlements.ts';
import { directPrivilege } from '../../domain/entitlements/privilege.ts';
import { forbidden } from '../../errors.ts';
import { defineOperation } from '../operation.ts';
import { dateTime, nullable, reference } from '../schemas.ts';
import { wireTime } from '../wire-time.ts';

const strict = { additionalProperties: false };

const identityEntitlementDetails = Type.Object(
  {
    identityId: Type.String(),
    entitlement: Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        created: dateTime,
        modified: dateTime,
        description: nullable(Type.String()),
        type: Type.String({ description: 'The name of the group schema of the entitlement.' }),
        sourceId: Type.String(),
        sourceName: Type.String(),
        owner: Type.Optional(reference('IDENTITY')),
        value: Type.String(),
        flags: Type.Array(Type.String(), { description: '"privileged", or none.' }),
      },
      strict,
    ),
    sourceId: Type.String(),
    accountTargets: Type.Array(
      Type.Object(
        {
          accountId: Type.String(),
          accountName: Type.String(),
          accountUUID: nullable(Type.String()),
          sourceId: Type.String(),
          sourceName: Type.String(),
          removeDate: nullable(dateTime),
          assignmentId: nullable(Type.String()),
          revocable: Type.Boolean({
            description: 'False if the account has the entitlement through an access profile or a role.',
          }),
        },
        strict,
      ),
    ),
  },
  { ...strict, title: 'IdentityEntitlementDetails' },
);

/**
 * GET /revocable-objects (contract B.3): what can be revoked of an entitlement that an identity holds. The contract
 * declares the ids as parameters of a path that has none: they are parameters of the query.
 */
export const getEntitlementDetailsForIdentity = defineOperation({
  operationId: 'getEntitlementDetailsForIdentity',
  tag: 'Access Requests',
  summary: 'Get what can be revoked of an entitlement of an identity',
  method: 'GET',
  path: '/revocable-objects',
  families: ['v2024', 'v2025', 'v2026', 'v1'],
  security: { userAuth: ['idn:requestable-objects:read'] },
  // The contract also names USER, which every identity is.
  userLevels: [],
  pathParameters: Type.Object({}),
  query: Type.Object({
    identityId: Type.String({ minLength: 1, description: 'The identity: your own, unless you are ORG_ADMIN.' }),
    entitlementId: Type.String({ minLength: 1, description: 'An entitlement that it holds.' }),
  }),
  success: { status: 200, schema: identityEntitlementDetails },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, caller, query: { identityId, entitlementId } }) => {
    if (identityId !== caller.subjectId && !caller.userLevels.includes('ORG_ADMIN')) {
      throw forbidden('Without the level ORG_ADMIN, only your own identity can be named in "identityId".');
    }
    const { entitlement, targets } = await findRevocableObject(application.database, identityId, entitlementId);
    return {
      body: {
        identityId,
        entitlement: toEntitlement(entitlement),
        sourceId: entitlement.sourceId,
        accountTargets: targets.map((target) => toTarget(target, entitlement)),
      },
    };
  },
});

function toEntitlement(row: Entitlement) {
  const { ownerId, ownerName } = row;
  return {
    id: row.id,
    name: shownName(row),
    created: wireTime(row.created),
    modified: wireTime(row.modified),
    description: shownDescription(row),
    type: row.type,
    sourceId: row.sourceId,
    sourceName: row.sourceName,
    ...(ownerId === null
      ? {}
      : { owner: { type: 'IDENTITY', id: ownerId, ...(ownerName === null ? {} : { name: ownerName }) } }),
    value: row.value,
    flags: directPrivilege(row) === 'HIGH' ? ['privileged'] : [],
  };
}

function toTarget(target: AccountTarget, { sourceId, sourceName }: Entitlement) {
  return {
    accountId: target.accountId,
    accountName: target.accountName ?? target.nativeIdentity,
    accountUUID: target.uuid,
    sourceId,
    sourceName,
    removeDate: target.until === null ? null : wireTime(target.until),
    assignmentId: null,
    revocable: target.isStandalone === 1,
  };
}
