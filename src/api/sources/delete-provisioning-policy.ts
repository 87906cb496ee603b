import { deletePolicy } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { policyPath, policyRights } from './provisioning-policies.ts';

/** DELETE /sources/{sourceId}/provisioning-policies/{usageType} (contract B.1). */
export const deleteProvisioningPolicy = defineOperation({
  operationId: 'deleteProvisioningPolicy',
  tag: 'Sources',
  summary: 'Delete a provisioning policy of a source',
  method: 'DELETE',
  path: '/sources/{sourceId}/provisioning-policies/{usageType}',
  families: contractFamilies,
  security: policyRights.manage,
  userLevels: ['ORG_ADMIN'],
  pathParameters: policyPath,
  success: { status: 204 },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, ifMatch, context }) => {
    await deletePolicy(application.database, path.sourceId, path.usageType, { ifMatch, context });
    return {};
  },
});
