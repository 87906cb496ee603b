import { Type } from 'typebox';
import { startOfIdentity } from '../../domain/identities/historical-identities.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { wireTime } from '../wire-time.ts';
import { historyReaders, readIdentityHistory } from './access.ts';

/** GET /historical-identities/{id}/start-date (contract B.13). */
export const getIdentityStartDate = defineOperation({
  operationId: 'getIdentityStartDate',
  tag: 'Identity History',
  summary: 'Get the time since which an identity is known',
  method: 'GET',
  path: '/historical-identities/{id}/start-date',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  success: { status: 200, schema: Type.String() },
  errors: [400, 401, 403, 404, 500],
  handle: async ({ application, path }) => ({ body: wireTime(await startOfIdentity(application.database, path.id)) }),
});
