import { Type } from 'typebox';
import { fallbackEmail, getAccessRequestConfig as get } from '../../domain/request-config/access-request-config.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { accessRequestConfigReply } from './access-request-config.ts';
import {
  accessRequestConfigShown,
  type AccessRequestConfigShape,
  classicShape,
  newShape,
  plainShape,
  serviceShape,
} from './access-request-config-schemas.ts';

const factsOf = (variant: AccessRequestConfigShape) => ({
  success: { status: 200, schema: accessRequestConfigShown(variant) },
  variant,
});

/** GET /access-request-config (contract B.12). */
export const getAccessRequestConfig = defineOperation({
  operationId: 'getAccessRequestConfig',
  tag: 'Access Requests',
  summary: "Get the organisation's settings for access requests",
  deprecated: true,
  method: 'GET',
  path: '/access-request-config',
  families: contractFamilies,
  security: { userAuth: ['idn:access-request-config:read'] },
  // The contract names USER among the levels: everybody.
  userLevels: [],
  pathParameters: Type.Object({}),
  errors: [400, 401, 403, 429, 500],
  ...factsOf(plainShape),
  overrides: {
    v3: factsOf(classicShape),
    beta: factsOf(classicShape),
    v2026: { deprecated: false, ...factsOf(newShape) },
    v1: factsOf(serviceShape),
  },
  handle: async ({ application: { database }, variant }) => {
    const config = await get(database.keyed);
    return accessRequestConfigReply(config, await fallbackEmail(database, config), variant);
  },
});
