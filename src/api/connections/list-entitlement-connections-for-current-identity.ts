import { Type } from 'typebox';
import { ofIdentity } from '../../domain/connections/connections.ts';
import { defineOperation } from '../operation.ts';
import { connectionFamilies } from './access.ts';
import { connectionCollection } from './list-facts.ts';
import { connectionsReply } from './replies.ts';
import { connectionHit } from './schemas.ts';

/** GET /entitlement-connections/current-identity (contract B.14): the connections of the caller. */
export const listEntitlementConnectionsForCurrentIdentity = defineOperation({
  operationId: 'listEntitlementConnectionsForCurrentIdentity',
  tag: 'Entitlement Connections',
  summary: 'List my entitlement connections',
  method: 'GET',
  path: '/entitlement-connections/current-identity',
  families: connectionFamilies,
  security: { userAuth: ['idn:entitlement-connections:read'] },
  // USER in the contract, which every identity is.
  userLevels: [],
  pathParameters: Type.Object({}),
  collection: connectionCollection,
  success: { status: 200, schema: Type.Array(connectionHit) },
  errors: [400, 401, 403, 404, 412, 429, 500],
  // The security admits only callers that act for an identity.
  handle: async ({ application, caller, list }) =>
    connectionsReply(application, ofIdentity(list, caller.subjectId ?? '')),
});
