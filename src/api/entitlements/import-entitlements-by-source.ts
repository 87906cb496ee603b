import { Type } from 'typebox';
import { getSource } from '../../domain/sources/sources.ts';
import { requestEntitlementAggregation } from '../../tasks/request-entitlement-aggregation.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { toLoadEntitlementTask } from '../tasks/projections.ts';
import { loadEntitlementTask } from '../tasks/schemas.ts';

/** POST /entitlements/aggregate/sources/{id} (contract A.1, op 12). */
export const importEntitlementsBySource = defineOperation({
  operationId: 'importEntitlementsBySource',
  tag: 'Entitlements',
  summary:
    'Aggregate the entitlements of a source: from a file, or over its connection (use load-entitlements instead)',
  deprecated: true,
  method: 'POST',
  path: '/entitlements/aggregate/sources/{id}',
  families: contractFamilies,
  security: { userAuth: ['idn:entitlement:manage'] },
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  body: {
    mediaType: 'multipart/form-data',
    schema: Type.Object({
      csvFile: Type.Optional(
        Type.String({ format: 'binary', description: 'The CSV file, if the source reads files.' }),
      ),
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
    await getSource(application.database, path.id);
    const { file, fields } = await upload(['csvFile']);
    const task = await requestEntitlementAggregation(application, {
      sourceId: path.id,
      file,
      objectType: fields['objectType'],
      launcher: caller.name,
      context,
    });
    return { body: toLoadEntitlementTask(task) };
  },
});
