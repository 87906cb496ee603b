import { Type } from 'typebox';
import { identitySnapshot } from '../../domain/identities/identity-snapshots.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { timeIn, toSnapshot } from './projections.ts';
import { snapshot } from './schemas.ts';

/** The `{id}` and `{date}` of a path. */
export const datePath = Type.Object({ id: Type.String({ minLength: 1 }), date: Type.String({ minLength: 1 }) });

/** GET /historical-identities/{id}/snapshots/{date} (contract B.13). */
export const getIdentitySnapshot = defineOperation({
  operationId: 'getIdentitySnapshot',
  tag: 'Identity History',
  summary: 'Get an identity as of a time',
  method: 'GET',
  path: '/historical-identities/{id}/snapshots/{date}',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: datePath,
  success: { status: 200, schema: snapshot },
  errors: [400, 401, 403, 404, 500],
  handle: async ({ application, path }) => {
    return { body: toSnapshot(await identitySnapshot(application.database, path.id, timeIn(path.date, 'date'))) };
  },
});
