import { patchPolicy } from '../../domain/sources/provisioning-policies.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { sourceLevels } from './access.ts';
import {
  patchablePolicy,
  policyPath,
  policyRights,
  provisioningPolicy,
  toProvisioningPolicy,
} from './provisioning-policies.ts';

/** PATCH /sources/{sourceId}/provisioning-policies/{usageType} (contract B.1). */
export const updateProvisioningPolicy = defineOperation({
  operationId: 'updateProvisioningPolicy',
  tag: 'Sources',
  summary: 'Patch a provisioning policy of a source',
  method: 'PATCH',
  path: '/sources/{sourceId}/provisioning-policies/{usageType}',
  families: contractFamilies,
  security: policyRights.change,
  userLevels: sourceLevels,
  pathParameters: policyPath,
  body: jsonPatchBody,
  success: { status: 200, schema: provisioningPolicy },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const { policy, version } = await patchPolicy(
      application.database,
      path.sourceId,
      path.usageType,
      (before) => patchedFields(patchablePolicy, toProvisioningPolicy(before), body),
      { ifMatch, context },
    );
    return { body: toProvisioningPolicy(policy), version };
  },
});
