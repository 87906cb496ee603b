import { Type } from 'typebox';
import { requestAccountAggregation } from '../../tasks/request-account-aggregation.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { toLoadAccountsTask } from '../tasks/projections.ts';
import { loadAccountsTask } from '../tasks/schemas.ts';
import { manageSources, sourceLevels } from './access.ts';

/** POST /sources/{id}/load-accounts (contract B.1). */
export const importAccounts = defineOperation({
  operationId: 'importAccounts',
  tag: 'Sources',
  summary: 'Aggregate the accounts of a source: from a file, or over its connection',
  method: 'POST',
  path: '/sources/{id}/load-accounts',
  families: contractFamilies,
  security: manageSources,
  userLevels: sourceLevels,
  pathParameters: idPath,
  body: {
    mediaType: 'multipart/form-data',
    schema: Type.Object({
      file: Type.Optional(Type.String({ format: 'binary', description: 'The CSV file, if the source reads files.' })),
      disableOptimization: Type.Optional(
        Type.String({
          description: 'true: every account is written and correlated again, not only those that have changed.',
        }),
      ),
    }),
    optional: true,
  },
  success: { status: 202, schema: loadAccountsTask },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { security: { userAuth: ['idn:sources:manage'] } } },
  handle: async ({ application, path, upload, caller, context }) => {
    const { file, fields } = await upload(['file']);
    const task = await requestAccountAggregation(application, {
      sourceId: path.id,
      file,
      disableOptimization: fields['disableOptimization'],
      launcher: caller.name,
      context,
    });
    return { body: toLoadAccountsTask(task) };
  },
});
