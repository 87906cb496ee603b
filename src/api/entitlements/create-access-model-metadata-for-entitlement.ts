import { addMetadataValue } from '../../domain/entitlements/entitlement-metadata.ts';
import { contractFamilies } from '../families.ts';
import { manageEntitlements } from '../metadata/access.ts';
import { defineOperation } from '../operation.ts';
import { metadataPath } from './metadata-path.ts';
import { shapeV1 } from './projections.ts';
import { entitlementReply } from './replies.ts';
import { entitlement } from './schemas.ts';

/** POST /entitlements/{id}/access-model-metadata/… (contract A.1, 10): the older form of entitlements in every family. */
export const createAccessModelMetadataForEntitlement = defineOperation({
  operationId: 'createAccessModelMetadataForEntitlement',
  tag: 'Entitlements',
  summary: 'Add a metadata value to an entitlement',
  method: 'POST',
  path: '/entitlements/{id}/access-model-metadata/{attributeKey}/values/{attributeValue}',
  families: contractFamilies,
  pathParameters: metadataPath,
  security: manageEntitlements,
  userLevels: ['ORG_ADMIN'],
  success: { status: 201, schema: entitlement },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    const value = { id: path.id, key: path.attributeKey, value: path.attributeValue };
    const changed = await addMetadataValue(application.database, value, { ifMatch, context });
    return entitlementReply(application, shapeV1, changed);
  },
});
