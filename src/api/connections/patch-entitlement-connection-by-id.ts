import { Type } from 'typebox';
import { changeConnection } from '../../domain/connections/connections.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { administrators, connectionFamilies, manageConnections } from './access.ts';
import { toConnection } from './projections.ts';
import { connectionReply } from './replies.ts';
import { connection, patchable } from './schemas.ts';

/** PATCH /entitlement-connections/{connectionId} (contract B.14). */
export const patchEntitlementConnectionById = defineOperation({
  operationId: 'patchEntitlementConnectionById',
  tag: 'Entitlement Connections',
  summary: 'Change an entitlement connection',
  method: 'PATCH',
  path: '/entitlement-connections/{connectionId}',
  families: connectionFamilies,
  security: manageConnections,
  userLevels: administrators,
  pathParameters: Type.Object({ connectionId: Type.String({ minLength: 1 }) }),
  body: jsonPatchBody,
  success: { status: 200, schema: connection },
  errors: [400, 401, 403, 404, 412, 429, 500],
  handle: async ({ application, path, body, ifMatch, context }) =>
    connectionReply(
      await changeConnection(
        application.database,
        { id: path.connectionId },
        (present) => patchedFields(patchable, toConnection(present), body).type,
        { ifMatch, context },
      ),
    ),
});
