import { Type } from 'typebox';
import { createPersonalAccessToken as create } from '../../domain/clients/personal-access-tokens.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { toNewPersonalAccessToken } from './personal-access-token-projections.ts';
import { createRequest, createResponse, olderCreateRequest } from './personal-access-token-schemas.ts';

const older = {
  body: { mediaType: 'application/json', schema: olderCreateRequest },
  variant: { mayOmitExpiry: true },
} as const;

/** POST /personal-access-tokens (contract B.8). */
export const createPersonalAccessToken = defineOperation({
  operationId: 'createPersonalAccessToken',
  tag: 'Personal Access Tokens',
  summary: 'Create a personal access token for yourself; its secret is shown only here',
  method: 'POST',
  path: '/personal-access-tokens',
  families: contractFamilies,
  security: { userAuth: ['sp:my-personal-access-tokens:manage', 'sp:all-personal-access-tokens:manage'] },
  userLevels: [],
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: createRequest },
  success: { status: 200, schema: createResponse },
  errors: [400, 401, 403, 429, 500],
  variant: { mayOmitExpiry: false },
  overrides: { beta: older, v2024: older },
  handle: async ({ application, body, caller, context, variant }) => {
    const made = await create(application.database, body, variant.mayOmitExpiry, caller, context);
    return { body: toNewPersonalAccessToken(made, made.secret), headers: { 'Cache-Control': 'no-store' } };
  },
});
