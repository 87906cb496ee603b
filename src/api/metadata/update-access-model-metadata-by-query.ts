import { Type } from 'typebox';
import { notServedYet } from '../../errors.ts';
import { defineOperation } from '../operation.ts';
import { manageEntitlements } from './access.ts';
import { bulkChange, bulkUpdate } from './schemas.ts';

/** POST /access-model-metadata/bulk-update/query (contract B.6): needs Search, which is not served. */
export const updateAccessModelMetadataByQuery = defineOperation({
  operationId: 'updateAccessModelMetadataByQuery',
  tag: 'Access Model Metadata',
  summary: 'Update the metadata of the entitlements that a search finds (501: there is no Search yet)',
  deprecated: true,
  method: 'POST',
  path: '/access-model-metadata/bulk-update/query',
  families: ['v2025', 'v2026', 'v1'],
  security: manageEntitlements,
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      { query: Type.Record(Type.String(), Type.Unknown()), ...bulkChange },
      { additionalProperties: false, title: 'EntitlementAttributeBulkUpdateQueryRequest' },
    ),
  },
  success: { status: 200, schema: bulkUpdate },
  errors: [400, 401, 403, 429, 500],
  handle: () => {
    throw notServedYet(
      'Updating metadata by query needs Search, which this version does not serve. Use bulk-update/filter or bulk-update/ids.',
    );
  },
});
