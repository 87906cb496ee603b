import { Type } from 'typebox';
import { putPolicies } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import {
  policiesPath,
  policyRights,
  provisioningPolicy,
  provisioningPolicyInput,
  toProvisioningPolicy,
} from './provisioning-policies.ts';

/** POST /sources/{sourceId}/provisioning-policies/bulk-update (contract B.1). */
export const updateProvisioningPoliciesInBulk = defineOperation({
  operationId: 'updateProvisioningPoliciesInBulk',
  tag: 'Sources',
  summary: 'Create or replace several provisioning policies of a source',
  method: 'POST',
  path: '/sources/{sourceId}/provisioning-policies/bulk-update',
  families: contractFamilies,
  security: policyRights.manage,
  userLevels: ['ORG_ADMIN'],
  pathParameters: policiesPath,
  body: { mediaType: 'application/json', schema: Type.Array(provisioningPolicyInput) },
  success: { status: 200, schema: Type.Array(provisioningPolicy) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const { policies, version } = await putPolicies(application.database, path.sourceId, body, { ifMatch, context });
    return { body: policies.map(toProvisioningPolicy), version };
  },
});
