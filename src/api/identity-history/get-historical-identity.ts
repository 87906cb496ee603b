import { lastSnapshot } from '../../domain/identities/identity-snapshots.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { toSnapshot } from './projections.ts';
import { snapshot } from './schemas.ts';

/** GET /historical-identities/{id} (contract B.13). */
export const getHistoricalIdentity = defineOperation({
  operationId: 'getHistoricalIdentity',
  tag: 'Identity History',
  summary: 'Get the last snapshot of an identity, which may be deleted',
  method: 'GET',
  path: '/historical-identities/{id}',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  success: { status: 200, schema: snapshot },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path }) => ({ body: toSnapshot(await lastSnapshot(application.database, path.id)) }),
});
