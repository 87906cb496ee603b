import { patchEntitlement as patchOne } from '../../domain/entitlements/entitlements.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { shapeV1, shapeV2 } from './projections.ts';
import { entitlementReply } from './replies.ts';
import { entitlement, entitlementV2 } from './schemas.ts';

const v2026 = {
  security: { userAuth: ['idn:entitlement:manage', 'idn:entitlement:update'] },
  success: { status: 200, schema: entitlementV2 },
  variant: shapeV2,
};

/** PATCH /entitlements/{id} (contract A.1, 3). */
export const patchEntitlement = defineOperation({
  operationId: 'patchEntitlement',
  method: 'PATCH',
  path: '/entitlements/{id}',
  tag: 'Entitlements',
  summary: 'Change an entitlement',
  families: contractFamilies,
  pathParameters: idPath,
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN', 'SOURCE_ADMIN'],
  body: jsonPatchBody,
  success: { status: 200, schema: entitlement },
  errors: [400, 401, 403, 404, 429, 500],
  variant: shapeV1,
  overrides: {
    v2026,
    v1: v2026,
  },
  handle: async ({ application, path, body, ifMatch, context, variant }) => {
    const { privilegeField } = variant;
    const patched = await patchOne(application.database, {
      id: path.id,
      operations: body,
      privilegeField,
      ifMatch,
      context,
    });
    return entitlementReply(application, variant, patched);
  },
});
