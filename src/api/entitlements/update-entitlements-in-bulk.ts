import { Type } from 'typebox';
import { mostUpdated, updateEntitlements } from '../../domain/entitlements/bulk-update.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchOperation } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { shapeV1, shapeV2 } from './projections.ts';

const v2026 = {
  security: { userAuth: ['idn:entitlement:update', 'idn:source-checked:update'] },
  userLevels: ['ORG_ADMIN', 'SOURCE_ADMIN'],
  errors: [400, 401, 403, 404, 429, 500],
  variant: shapeV2,
} as const;

/** POST /entitlements/bulk-update (contract A.1, 6). */
export const updateEntitlementsInBulk = defineOperation({
  operationId: 'updateEntitlementsInBulk',
  method: 'POST',
  path: '/entitlements/bulk-update',
  tag: 'Entitlements',
  summary: 'Change up to 50 entitlements, all or none',
  families: contractFamilies,
  pathParameters: Type.Object({}),
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN'],
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      {
        entitlementIds: Type.Array(Type.String(), { minItems: 1, maxItems: mostUpdated }),
        jsonPatch: Type.Array(jsonPatchOperation, {
          minItems: 1,
          maxItems: 50,
          description:
            'Operations that replace /requestable or the privilege level: /privileged, from v2026 on /privilegeOverride/level.',
        }),
      },
      { additionalProperties: false, title: 'EntitlementBulkUpdateRequest' },
    ),
  },
  success: { status: 204 },
  errors: [400, 401, 403, 429, 500],
  variant: shapeV1,
  overrides: { v2026, v1: v2026 },
  handle: async ({ application, body, context, variant }) => {
    await updateEntitlements(application.database, {
      ids: body.entitlementIds,
      operations: body.jsonPatch,
      privilegeField: variant.privilegeField,
      context,
    });
    return {};
  },
});
