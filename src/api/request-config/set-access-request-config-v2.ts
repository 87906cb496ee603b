import { Type } from 'typebox';
import { changeAccessRequestConfig } from '../../domain/request-config/access-request-config.ts';
import { defineOperation } from '../operation.ts';
import { accessRequestConfigReply, settingsFrom } from './access-request-config.ts';
import {
  accessRequestConfigInput,
  accessRequestConfigShown,
  secondServiceShape,
} from './access-request-config-schemas.ts';

/** PUT /access-request-config/v2 (contract B.12). Settings of the first version only are kept. */
export const setAccessRequestConfigV2 = defineOperation({
  operationId: 'setAccessRequestConfigV2',
  tag: 'Access Requests',
  summary: "Set the organisation's settings for access requests",
  method: 'PUT',
  path: '/access-request-config/v2',
  families: ['v1'],
  security: { userAuth: ['idn:access-request-config:manage'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  body: { mediaType: 'application/json', schema: accessRequestConfigInput(secondServiceShape) },
  success: { status: 200, schema: accessRequestConfigShown(secondServiceShape) },
  errors: [400, 401, 403, 429, 500],
  overrides: { v1: { operationId: 'setAccessRequestConfigV2' } },
  handle: async ({ application: { database }, body, ifMatch, context }) => {
    const edit = { ifMatch, context };
    const config = await changeAccessRequestConfig(
      database,
      (before) => settingsFrom(body, before, secondServiceShape),
      edit,
    );
    return accessRequestConfigReply(config, null, secondServiceShape);
  },
});
