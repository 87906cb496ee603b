import { Type } from 'typebox';
import { createOauthClient as create } from '../../domain/clients/oauth-clients.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { administrators } from '../user-levels.ts';
import { toNewOauthClient } from './oauth-client-projections.ts';
import { createRequest, createResponse } from './oauth-client-schemas.ts';

/** POST /oauth-clients (contract B.8). */
export const createOauthClient = defineOperation({
  operationId: 'createOauthClient',
  tag: 'OAuth Clients',
  summary: 'Create an OAuth client; its secret is shown only here',
  method: 'POST',
  path: '/oauth-clients',
  families: contractFamilies,
  security: { userAuth: ['sp:oauth-client:manage'] },
  userLevels: administrators,
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: createRequest },
  success: { status: 200, schema: createResponse },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, caller, context }) => {
    const made = await create(application.database, body, caller, context);
    return { body: toNewOauthClient(made, made.secret), headers: { 'Cache-Control': 'no-store' } };
  },
});
