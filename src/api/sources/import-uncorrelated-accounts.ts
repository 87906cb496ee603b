import { Type } from 'typebox';
import { requestManualCorrelation } from '../../tasks/request-manual-correlation.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { toLoadUncorrelatedAccountsTask } from '../tasks/projections.ts';
import { loadUncorrelatedAccountsTask } from '../tasks/schemas.ts';
import { manageSources } from './access.ts';

/** POST /sources/{id}/load-uncorrelated-accounts (contract B.1). */
export const importUncorrelatedAccounts = defineOperation({
  operationId: 'importUncorrelatedAccounts',
  tag: 'Sources',
  summary: 'Correlate accounts of a source manually: a file names the identity of each',
  method: 'POST',
  path: '/sources/{id}/load-uncorrelated-accounts',
  families: contractFamilies,
  security: manageSources,
  // Beta declares no level, which would open it to all users.
  userLevels: ['ORG_ADMIN'],
  pathParameters: idPath,
  body: {
    mediaType: 'multipart/form-data',
    schema: Type.Object({
      file: Type.Optional(
        Type.String({
          format: 'binary',
          description: 'A CSV file with the columns account (native identity) and userName (alias). Required.',
        }),
      ),
    }),
    optional: true,
  },
  success: { status: 202, schema: loadUncorrelatedAccountsTask },
  errors: [400, 401, 403, 429, 500],
  overrides: { beta: { security: { userAuth: ['idn:sources:manage'] } } },
  handle: async ({ application, path, upload, caller, context }) => {
    const { file } = await upload(['file']);
    const request = { sourceId: path.id, file, launcher: caller.name, context };
    return { body: toLoadUncorrelatedAccountsTask(await requestManualCorrelation(application, request)) };
  },
});
