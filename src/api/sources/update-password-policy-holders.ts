import { setPasswordPolicies } from '../../domain/sources/password-policies.ts';
import { defineOperation } from '../operation.ts';
import { manageSources } from './access.ts';
import {
  passwordPolicyHolders,
  passwordPolicyHoldersInput,
  passwordPolicyLevels,
  toHolder,
} from './password-policies.ts';
import { connectorPath } from './schemas.ts';

/** PATCH /sources/{sourceId}/password-policies (contract B.1): replaces them; they are stored as sent. */
export const updatePasswordPolicyHolders = defineOperation({
  operationId: 'updatePasswordPolicyHolders',
  tag: 'Sources',
  summary: 'Replace the password policies of a source',
  method: 'PATCH',
  path: '/sources/{sourceId}/password-policies',
  families: ['v2024', 'v2025', 'v2026', 'v1'],
  security: manageSources,
  userLevels: passwordPolicyLevels,
  pathParameters: connectorPath,
  body: { mediaType: 'application/json', schema: passwordPolicyHoldersInput },
  success: { status: 200, schema: passwordPolicyHolders },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) => {
    const sent = body.map(({ policyId, policyName }) => ({
      id: policyId,
      ...(policyName === undefined || policyName === null ? {} : { name: policyName }),
    }));
    const options = { ifMatch, context };
    const { policies, version } = await setPasswordPolicies(application.database, path.sourceId, sent, options);
    return { body: policies.map(toHolder), version };
  },
});
