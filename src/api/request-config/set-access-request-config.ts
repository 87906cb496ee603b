import { Type } from 'typebox';
import { changeAccessRequestConfig, fallbackEmail } from '../../domain/request-config/access-request-config.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { accessRequestConfigReply, settingsFrom } from './access-request-config.ts';
import {
  accessRequestConfigInput,
  accessRequestConfigShown,
  type AccessRequestConfigShape,
  classicShape,
  newShape,
  plainShape,
  serviceShape,
} from './access-request-config-schemas.ts';

const factsOf = (variant: AccessRequestConfigShape) => ({
  body: { mediaType: 'application/json' as const, schema: accessRequestConfigInput(variant) },
  success: { status: 200, schema: accessRequestConfigShown(variant) },
  variant,
});

/** PUT /access-request-config (contract B.12). What is absent gets its default; what the family does not have is kept. */
export const setAccessRequestConfig = defineOperation({
  operationId: 'setAccessRequestConfig',
  tag: 'Access Requests',
  summary: "Set the organisation's settings for access requests",
  deprecated: true,
  method: 'PUT',
  path: '/access-request-config',
  families: contractFamilies,
  security: { userAuth: ['idn:access-request-config:manage'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  errors: [400, 401, 403, 429, 500],
  ...factsOf(plainShape),
  overrides: {
    v3: factsOf(classicShape),
    beta: factsOf(classicShape),
    v2026: { deprecated: false, ...factsOf(newShape) },
    v1: factsOf(serviceShape),
  },
  handle: async ({ application: { database }, body, ifMatch, context, variant }) => {
    const config = await changeAccessRequestConfig(database, (before) => settingsFrom(body, before, variant), {
      ifMatch,
      context,
    });
    return accessRequestConfigReply(config, await fallbackEmail(database, config), variant);
  },
});
