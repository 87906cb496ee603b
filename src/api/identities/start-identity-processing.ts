import { Type } from 'typebox';
import { requestIdentityRefresh } from '../../tasks/request-identity-refresh.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';

const scopes = ['idn:identity:process', 'idn:identity:manage'];

/** POST /identities/process (contract B.3), which queues a task. */
export const startIdentityProcessing = defineOperation({
  operationId: 'startIdentityProcessing',
  tag: 'Identities',
  summary: 'Process up to 250 identities again in a task',
  method: 'POST',
  path: '/identities/process',
  families: contractFamilies,
  security: { userAuth: scopes, applicationAuth: scopes },
  userLevels: ['ORG_ADMIN', 'HELPDESK'],
  pathParameters: Type.Object({}),
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      {
        identityIds: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 250 }),
      },
      { additionalProperties: false, title: 'ProcessIdentitiesRequest' },
    ),
  },
  success: {
    status: 202,
    schema: Type.Object(
      { type: oneOf(['TASK_RESULT']), id: Type.String(), name: Type.String() },
      { additionalProperties: false, title: 'TaskResultResponse' },
    ),
  },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, body, caller, context }) => {
    const { identityIds } = body;
    const task = await requestIdentityRefresh(application, { identityIds, launcher: caller.name, context });
    return { body: { type: 'TASK_RESULT', id: task.id, name: task.uniqueName } };
  },
});
