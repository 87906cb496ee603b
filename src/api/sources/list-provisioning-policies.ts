import { Type } from 'typebox';
import { listPolicies } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { policiesPath, policyRights, provisioningPolicy, toProvisioningPolicy } from './provisioning-policies.ts';

/** GET /sources/{sourceId}/provisioning-policies (contract B.1). Only the newer families have pages. */
export const listProvisioningPolicies = defineOperation({
  operationId: 'listProvisioningPolicies',
  tag: 'Sources',
  summary: 'List the provisioning policies of a source',
  method: 'GET',
  path: '/sources/{sourceId}/provisioning-policies',
  families: contractFamilies,
  security: policyRights.list,
  userLevels: ['ORG_ADMIN'],
  pathParameters: policiesPath,
  success: { status: 200, schema: Type.Array(provisioningPolicy) },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { v2026: { collection: { maximumLimit: 250 } }, v1: { collection: { maximumLimit: 250 } } },
  handle: async ({ application, path, list: { offset, limit, count } }) => {
    const policies = await listPolicies(application.database, path.sourceId);
    return {
      body: policies.slice(offset, offset + limit).map(toProvisioningPolicy),
      total: count ? policies.length : undefined,
    };
  },
});
