import { getPolicy } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { sourceLevels } from './access.ts';
import { policyPath, policyRights, provisioningPolicy, toProvisioningPolicy } from './provisioning-policies.ts';

/** GET /sources/{sourceId}/provisioning-policies/{usageType} (contract B.1). */
export const getProvisioningPolicy = defineOperation({
  operationId: 'getProvisioningPolicy',
  tag: 'Sources',
  summary: 'Get the provisioning policy of a source for a usage type',
  method: 'GET',
  path: '/sources/{sourceId}/provisioning-policies/{usageType}',
  families: contractFamilies,
  security: policyRights.read,
  userLevels: sourceLevels,
  pathParameters: policyPath,
  success: { status: 200, schema: provisioningPolicy },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => {
    const { policy, version } = await getPolicy(application.database, path.sourceId, path.usageType);
    return { body: toProvisioningPolicy(policy), version };
  },
});
