import { Type } from 'typebox';
import { illegalValue } from '../../errors.ts';
import { requestMetadataUpdate } from '../../tasks/request-metadata-update.ts';
import { collectionV2026, entitlementCollection } from '../entitlements/list-facts.ts';
import { readListQuery } from '../list-parameters.ts';
import { defineOperation } from '../operation.ts';
import { manageEntitlements } from './access.ts';
import { toBulkUpdate } from './projections.ts';
import { bulkChange, bulkUpdate } from './schemas.ts';

const v2026 = { variant: collectionV2026 };

/** POST /access-model-metadata/bulk-update/filter (contract B.6); the filter is that of the list of entitlements. */
export const updateAccessModelMetadataByFilter = defineOperation({
  operationId: 'updateAccessModelMetadataByFilter',
  tag: 'Access Model Metadata',
  summary: 'Update the metadata of the entitlements that match a filter, in a task',
  deprecated: true,
  method: 'POST',
  path: '/access-model-metadata/bulk-update/filter',
  families: ['v2025', 'v2026', 'v1'],
  security: manageEntitlements,
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({}),
  body: {
    mediaType: 'application/json',
    schema: Type.Object(
      {
        filters: Type.String({ description: 'A filter of the list of entitlements.' }),
        ...bulkChange,
      },
      { additionalProperties: false, title: 'EntitlementAttributeBulkUpdateFilterRequest' },
    ),
  },
  success: { status: 200, schema: bulkUpdate },
  errors: [400, 401, 403, 429, 500],
  variant: entitlementCollection,
  overrides: { v2026, v1: v2026 },
  handle: async ({ application, body, caller, context, variant }) => {
    const { filters, ...input } = body;
    const { condition } = readListQuery(variant, { filters });
    if (condition === undefined) {
      throw illegalValue('Field "filters" is blank. It must be a filter such as source.id eq "ID".');
    }
    const task = await requestMetadataUpdate(application, {
      input,
      selection: { condition },
      launcher: caller.name,
      context,
    });
    return { body: toBulkUpdate(task) };
  },
});
