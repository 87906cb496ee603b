import { Type } from 'typebox';
import { requestMetadataUpdate } from '../../tasks/request-metadata-update.ts';
import { defineOperation } from '../operation.ts';
import { manageEntitlements } from './access.ts';
import { toBulkUpdate } from './projections.ts';
import { bulkChange, bulkUpdate } from './schemas.ts';

/** POST /access-model-metadata/bulk-update/ids (contract B.6). */
export const updateAccessModelMetadataByIds = defineOperation({
  operationId: 'updateAccessModelMetadataByIds',
  tag: 'Access Model Metadata',
  summary: 'Update the metadata of up to 3000 entitlements in a task',
  deprecated: true,
  method: 'POST',
  path: '/access-model-metadata/bulk-update/ids',
  families: ['v2025', 'v2026', 'v1'],
  security: manageEntitlements,
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      {
        entitlements: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 3000 }),
        ...bulkChange,
      },
      { additionalProperties: false, title: 'EntitlementAttributeBulkUpdateIdsRequest' },
    ),
  },
  success: { status: 200, schema: bulkUpdate },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, caller, context }) => {
    const { entitlements, ...input } = body;
    const task = await requestMetadataUpdate(application, {
      input,
      selection: { entitlements },
      launcher: caller.name,
      context,
    });
    return { body: toBulkUpdate(task) };
  },
});
