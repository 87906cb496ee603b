import { replacePolicy } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { sourceLevels } from './access.ts';
import {
  policyPath,
  policyRights,
  provisioningPolicy,
  provisioningPolicyInput,
  toProvisioningPolicy,
} from './provisioning-policies.ts';

/** PUT /sources/{sourceId}/provisioning-policies/{usageType} (contract B.1). */
export const putProvisioningPolicy = defineOperation({
  operationId: 'putProvisioningPolicy',
  tag: 'Sources',
  summary: 'Replace a provisioning policy of a source',
  method: 'PUT',
  path: '/sources/{sourceId}/provisioning-policies/{usageType}',
  families: contractFamilies,
  security: policyRights.change,
  userLevels: sourceLevels,
  pathParameters: policyPath,
  body: { mediaType: 'application/json', schema: provisioningPolicyInput },
  success: { status: 200, schema: provisioningPolicy },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application: { database }, path, body, ifMatch, context }) => {
    const options = { ifMatch, context };
    const { policy, version } = await replacePolicy(database, path.sourceId, path.usageType, body, options);
    return { body: toProvisioningPolicy(policy), version };
  },
});
