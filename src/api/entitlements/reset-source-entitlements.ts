import { Type } from 'typebox';
import { requestEntitlementReset } from '../../tasks/request-entitlement-reset.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath, oneOf } from '../schemas.ts';

/** POST /entitlements/reset/sources/{id} (contract A.1, 9), which queues a task. */
export const resetSourceEntitlements = defineOperation({
  operationId: 'resetSourceEntitlements',
  tag: 'Entitlements',
  summary: 'Delete all entitlements of a source permanently',
  method: 'POST',
  path: '/entitlements/reset/sources/{id}',
  families: contractFamilies,
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  success: {
    status: 202,
    schema: Type.Object(
      { type: oneOf(['TASK_RESULT']), id: Type.String(), name: Type.String() },
      { additionalProperties: false, title: 'EntitlementSourceResetBaseReferenceDto' },
    ),
  },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { security: { userAuth: ['idn:entitlement:update'] } } },
  handle: async ({ application, path, caller, context }) => {
    const task = await requestEntitlementReset(application, { sourceId: path.id, launcher: caller.name, context });
    return { body: { type: 'TASK_RESULT', id: task.id, name: task.uniqueName } };
  },
});
