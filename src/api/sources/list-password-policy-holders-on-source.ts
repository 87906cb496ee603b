import { getPasswordPolicies } from '../../domain/sources/password-policies.ts';
import { defineOperation } from '../operation.ts';
import { passwordPolicyHolders, passwordPolicyLevels, toHolder } from './password-policies.ts';
import { connectorPath } from './schemas.ts';

/** GET /sources/{sourceId}/password-policies (contract B.1), which are stored as sent. */
export const listPasswordPolicyHoldersOnSource = defineOperation({
  operationId: 'listPasswordPolicyHoldersOnSource',
  tag: 'Sources',
  summary: 'List the password policies of a source',
  method: 'GET',
  path: '/sources/{sourceId}/password-policies',
  families: ['v2025', 'v2026', 'v1'],
  security: { userAuth: ['idn:password-policy:read'] },
  userLevels: passwordPolicyLevels,
  pathParameters: connectorPath,
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: passwordPolicyHolders },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, list: { offset, limit, count } }) => {
    const { policies } = await getPasswordPolicies(application.database, path.sourceId);
    return {
      body: policies.slice(offset, offset + limit).map(toHolder),
      total: count ? policies.length : undefined,
    };
  },
});
