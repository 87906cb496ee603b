import { createPolicy } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import {
  policiesPath,
  policyRights,
  provisioningPolicy,
  provisioningPolicyInput,
  toProvisioningPolicy,
} from './provisioning-policies.ts';

/** POST /sources/{sourceId}/provisioning-policies (contract B.1). */
export const createProvisioningPolicy = defineOperation({
  operationId: 'createProvisioningPolicy',
  tag: 'Sources',
  summary: 'Create a provisioning policy of a source',
  method: 'POST',
  path: '/sources/{sourceId}/provisioning-policies',
  families: contractFamilies,
  security: policyRights.change,
  userLevels: ['ORG_ADMIN'],
  pathParameters: policiesPath,
  body: { mediaType: 'application/json', schema: provisioningPolicyInput },
  success: { status: 201, schema: provisioningPolicy },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const { policy, version } = await createPolicy(application.database, path.sourceId, body, { ifMatch, context });
    return { body: toProvisioningPolicy(policy), version };
  },
});
