import { Type } from 'typebox';
import { changeConnection } from '../../domain/connections/connections.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { administrators, connectionFamilies, manageConnections } from './access.ts';
import { toConnection } from './projections.ts';
import { connectionReply } from './replies.ts';
import { connection, patchable } from './schemas.ts';

const id = (noun: string) =>
  Type.String({ minLength: 1, description: `The id of the ${noun}, with or without dashes.` });

/** PATCH /entitlement-connections?entitlementId&identityId&accountId (contract B.14). */
export const patchEntitlementConnectionByQuery = defineOperation({
  operationId: 'patchEntitlementConnectionByQuery',
  tag: 'Entitlement Connections',
  summary: 'Change the connection of an entitlement, an identity and an account',
  method: 'PATCH',
  path: '/entitlement-connections',
  families: connectionFamilies,
  security: manageConnections,
  userLevels: administrators,
  pathParameters: Type.Object({}),
  query: Type.Object({
    entitlementId: id('entitlement'),
    identityId: id('identity'),
    accountId: id('account'),
  }),
  body: jsonPatchBody,
  success: { status: 200, schema: connection },
  errors: [400, 401, 403, 404, 412, 429, 500],
  handle: async ({ application, query, body, ifMatch, context }) =>
    connectionReply(
      await changeConnection(
        application.database,
        query,
        (present) => patchedFields(patchable, toConnection(present), body).type,
        { ifMatch, context },
      ),
    ),
});
