import { Type } from 'typebox';
import type { BulkSelection } from '../../domain/entitlements/bulk-selection.ts';
import { badRequestContent, illegalValue } from '../../errors.ts';
import { previewEntitlementUpdate, requestEntitlementUpdate } from '../../tasks/request-entitlement-update.ts';
import { readListQuery } from '../list-parameters.ts';
import { defineOperation } from '../operation.ts';
import { bulkUpdateAnswer, bulkUpdateInput, toPreviewAnswer, toTaskAnswer } from './bulk-update-schemas.ts';
import { collectionV2026 } from './list-facts.ts';

/** POST /muniment/v1/entitlements/bulk-update: any change of any number of entitlements, in a task. */
export const updateManyEntitlements = defineOperation({
  operationId: 'updateManyEntitlements',
  method: 'POST',
  path: '/entitlements/bulk-update',
  tag: 'Entitlements',
  summary: 'Change any number of entitlements in a task, or see what would change',
  families: ['muniment'],
  pathParameters: Type.Object({}),
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN', 'SOURCE_ADMIN'],
  body: { mediaType: 'application/json', schema: bulkUpdateInput },
  success: { status: 202, otherStatus: 200, schema: bulkUpdateAnswer },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, body, caller, context }) => {
    const { ids, filters, jsonPatch: operations, metadata, tags, requestConfig, dryRun } = body;
    const request = {
      selection: selectionFrom(ids, filters),
      operations,
      metadata,
      tags,
      requestConfig,
      launcher: caller.name,
      context,
    };
    return dryRun === true
      ? { status: 200, body: toPreviewAnswer(await previewEntitlementUpdate(application, request)) }
      : { body: toTaskAnswer(await requestEntitlementUpdate(application, request)) };
  },
});

function selectionFrom(ids: readonly string[] | undefined, filters: string | undefined): BulkSelection {
  if (ids !== undefined && filters !== undefined) {
    throw badRequestContent('Send either ids or filters, not both.');
  }
  if (ids !== undefined) {
    return { entitlements: ids };
  }
  if (filters === undefined) {
    throw badRequestContent('Send ids or filters, which select the entitlements to change.');
  }
  const { condition } = readListQuery(collectionV2026, { filters });
  if (condition === undefined) {
    throw illegalValue('Field "filters" is blank. It must be a filter such as source.id eq "ID".');
  }
  return { condition };
}
