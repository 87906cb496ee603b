import { changeOauthClient } from '../../domain/clients/oauth-clients.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { administrators } from '../user-levels.ts';
import { toOauthClient } from './oauth-client-projections.ts';
import { oauthClient, patchable } from './oauth-client-schemas.ts';

/** PATCH /oauth-clients/{id} (contract B.8). */
export const patchOauthClient = defineOperation({
  operationId: 'patchOauthClient',
  tag: 'OAuth Clients',
  summary: 'Patch an OAuth client',
  method: 'PATCH',
  path: '/oauth-clients/{id}',
  families: contractFamilies,
  security: { userAuth: ['sp:oauth-client:manage'] },
  userLevels: administrators,
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 200, schema: oauthClient },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, body, ifMatch, caller, context }) => {
    const edited = await changeOauthClient(
      application.database,
      path.id,
      ifMatch,
      (present) => patchedFields(patchable, toOauthClient(present), body),
      caller,
      context,
    );
    return { body: toOauthClient(edited), version: edited.client.version };
  },
});
