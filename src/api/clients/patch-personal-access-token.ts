import { changePersonalAccessToken } from '../../domain/clients/personal-access-tokens.ts';
import { contractFamilies } from '../families.ts';
import { jsonPatchBody, patchedFields } from '../json-patch.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { olderTokenShape, tokenShape, toPersonalAccessToken } from './personal-access-token-projections.ts';
import { olderPersonalAccessToken, patchable, personalAccessToken } from './personal-access-token-schemas.ts';

const older = {
  variant: olderTokenShape,
  success: { status: 200, schema: olderPersonalAccessToken },
};

/** PATCH /personal-access-tokens/{id} (contract B.8). */
export const patchPersonalAccessToken = defineOperation({
  operationId: 'patchPersonalAccessToken',
  tag: 'Personal Access Tokens',
  summary: 'Patch one of your personal access tokens',
  method: 'PATCH',
  path: '/personal-access-tokens/{id}',
  families: contractFamilies,
  security: { userAuth: ['sp:my-personal-access-tokens:manage'] },
  userLevels: [],
  pathParameters: idPath,
  body: jsonPatchBody,
  success: { status: 200, schema: personalAccessToken },
  errors: [400, 401, 403, 404, 429, 500],
  variant: tokenShape,
  overrides: { beta: older, v2024: older },
  handle: async ({ application, path, body, ifMatch, caller, context, variant }) => {
    const token = await changePersonalAccessToken(
      application.database,
      path.id,
      ifMatch,
      (present) => patchedFields(patchable, toPersonalAccessToken(present), body),
      caller,
      context,
    );
    return { body: variant.show(token), version: token.client.version };
  },
});
