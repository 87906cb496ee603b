import { Type } from 'typebox';
import { holdingsOf } from '../../domain/accounts/accounts.ts';
import { shapeV1 } from '../entitlements/projections.ts';
import { entitlementsReply } from '../entitlements/replies.ts';
import { entitlement } from '../entitlements/schemas.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountReaderLevels, readAccounts } from './access.ts';

/** GET /accounts/{id}/entitlements (contract B.2): the older form of entitlements in every family. */
export const getAccountEntitlements = defineOperation({
  operationId: 'getAccountEntitlements',
  tag: 'Accounts',
  summary: 'List the entitlements of an account',
  method: 'GET',
  path: '/accounts/{id}/entitlements',
  families: contractFamilies,
  security: readAccounts,
  userLevels: accountReaderLevels,
  pathParameters: idPath,
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(entitlement) },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, path, list }) => {
    return entitlementsReply(application, shapeV1, await holdingsOf(application.database, path.id), list);
  },
});
