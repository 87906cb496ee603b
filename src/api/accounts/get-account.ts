import { getAccount as getOne } from '../../domain/accounts/accounts.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation, PreparedText } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { accountReaderLevels, readAccounts } from './access.ts';
import { accountText } from './projections.ts';
import { account } from './schemas.ts';

/** GET /accounts/{id} (contract B.2). */
export const getAccount = defineOperation({
  operationId: 'getAccount',
  tag: 'Accounts',
  summary: 'Get an account',
  method: 'GET',
  path: '/accounts/{id}',
  families: contractFamilies,
  security: readAccounts,
  userLevels: accountReaderLevels,
  pathParameters: idPath,
  success: { status: 200, schema: account },
  errors: [400, 401, 403, 404, 429, 500],
  overrides: { beta: { deprecated: true } },
  handle: async ({ application, path }) => {
    const found = await getOne(application.database, path.id);
    return { body: new PreparedText(accountText(found, 'FULL')), version: found.version };
  },
});
