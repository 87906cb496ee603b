import { Type } from 'typebox';
import { getAccessRequestConfig as get } from '../../domain/request-config/access-request-config.ts';
import { defineOperation } from '../operation.ts';
import { accessRequestConfigReply } from './access-request-config.ts';
import { accessRequestConfigShown, secondServiceShape } from './access-request-config-schemas.ts';

/** GET /access-request-config/v2 (contract B.12), without the settings that became obsolete. */
export const getAccessRequestConfigV2 = defineOperation({
  operationId: 'getAccessRequestConfigV2',
  tag: 'Access Requests',
  summary: "Get the organisation's settings for access requests",
  method: 'GET',
  path: '/access-request-config/v2',
  families: ['v1'],
  security: { userAuth: ['idn:access-request-config:read'] },
  userLevels: [],
  pathParameters: Type.Object({}),
  success: { status: 200, schema: accessRequestConfigShown(secondServiceShape) },
  errors: [400, 401, 403, 429, 500],
  overrides: { v1: { operationId: 'getAccessRequestConfigV2' } },
  handle: async ({ application: { database } }) =>
    accessRequestConfigReply(await get(database.keyed), null, secondServiceShape),
});
