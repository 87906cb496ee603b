import { Type } from 'typebox';
import { setConnectionTypes } from '../../domain/connections/connections.ts';
import { defineOperation } from '../operation.ts';
import { administrators, connectionFamilies, manageConnections } from './access.ts';
import { bulkUpdateItem, bulkUpdateResult } from './schemas.ts';

/** POST /entitlement-connections (contract B.14): sets the types of up to 100 connections. */
export const updateEntitlementConnectionsBulk = defineOperation({
  operationId: 'updateEntitlementConnectionsBulk',
  tag: 'Entitlement Connections',
  summary: 'Set the types of entitlement connections',
  method: 'POST',
  path: '/entitlement-connections',
  families: connectionFamilies,
  security: manageConnections,
  userLevels: administrators,
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: Type.Array(bulkUpdateItem) },
  success: { status: 207, schema: Type.Array(bulkUpdateResult) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, context }) => {
    const existing = await setConnectionTypes(application.database, body, context);
    return {
      body: body.map(({ connectionId, type }, index) => ({
        connectionId,
        type,
        ...(existing[index] === true
          ? { status: 201, description: 'success' }
          : { status: 404, description: 'There is no such connection.' }),
      })),
    };
  },
});
