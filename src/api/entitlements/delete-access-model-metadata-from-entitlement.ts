import { removeMetadataValue } from '../../domain/entitlements/entitlement-metadata.ts';
import { contractFamilies } from '../families.ts';
import { manageEntitlements } from '../metadata/access.ts';
import { defineOperation } from '../operation.ts';
import { metadataPath } from './metadata-path.ts';

/** DELETE /entitlements/{id}/access-model-metadata/… (contract A.1, 11): 200 without a body. */
export const deleteAccessModelMetadataFromEntitlement = defineOperation({
  operationId: 'deleteAccessModelMetadataFromEntitlement',
  tag: 'Entitlements',
  summary: 'Remove a metadata value from an entitlement',
  method: 'DELETE',
  path: '/entitlements/{id}/access-model-metadata/{attributeKey}/values/{attributeValue}',
  families: contractFamilies,
  pathParameters: metadataPath,
  security: manageEntitlements,
  userLevels: ['ORG_ADMIN'],
  success: { status: 200 },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    const value = { id: path.id, key: path.attributeKey, value: path.attributeValue };
    const { version } = await removeMetadataValue(application.database, value, { ifMatch, context });
    return { version };
  },
});
