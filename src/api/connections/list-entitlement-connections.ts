import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { administrators, connectionFamilies } from './access.ts';
import { connectionCollection } from './list-facts.ts';
import { connectionsReply } from './replies.ts';
import { connectionHit } from './schemas.ts';

/** GET /entitlement-connections (contract B.14). */
export const listEntitlementConnections = defineOperation({
  operationId: 'listEntitlementConnections',
  tag: 'Entitlement Connections',
  summary: 'List entitlement connections',
  method: 'GET',
  path: '/entitlement-connections',
  families: connectionFamilies,
  security: { userAuth: ['idn:entitlement-connections:list'] },
  userLevels: administrators,
  pathParameters: Type.Object({}),
  collection: connectionCollection,
  success: { status: 200, schema: Type.Array(connectionHit) },
  errors: [400, 401, 403, 404, 412, 429, 500],
  handle: async ({ application, list }) => connectionsReply(application, list),
});
