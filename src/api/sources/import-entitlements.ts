import { Type } from 'typebox';
import { getSource } from '../../domain/sources/sources.ts';
import { requestEntitlementAggregation } from '../../tasks/request-entitlement-aggregation.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { toLoadEntitlementTask } from '../tasks/projections.ts';
import { loadEntitlementTask } from '../tasks/schemas.ts';

/** POST /sources/{sourceId}/load-entitlements (contract B.1). */
export const importEntitlements = defineOperation({
  operationId: 'importEntitlements',
  tag: 'Sources',
  summary: 'Aggregate the entitlements of a source: from a file, or over its connection',
  method: 'POST',
  path: '/sources/{sourceId}/load-entitlements',
  families: contractFamilies,
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: Type.Object({ sourceId: Type.String({ minLength: 1 }) }),
  body: {
    mediaType: 'multipart/form-data',
    schema: Type.Object({
      file: Type.Optional(Type.String({ format: 'binary', description: 'The CSV file, if the source reads files.' })),
      objectType: Type.Optional(
        Type.String({
          description: 'The entitlement schema. Default: the only one, or the one that matches the header.',
        }),
      ),
    }),
    optional: true,
  },
  success: { status: 202, schema: loadEntitlementTask },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, path, upload, caller, context }) => {
    // Checked before the file is received, which may be large.
    await getSource(application.database, path.sourceId);
    const { file, fields } = await upload(['file']);
    const task = await requestEntitlementAggregation(application, {
      sourceId: path.sourceId,
      file,
      objectType: fields['objectType'],
      launcher: caller.name,
      context,
    });
    return { body: toLoadEntitlementTask(task) };
  },
});
