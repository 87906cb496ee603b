import { Type } from 'typebox';
import { accessTypes } from '../../domain/identities/access-items.ts';
import { accessAt } from '../../domain/identities/identity-snapshots.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { datePath } from './get-identity-snapshot.ts';
import { accessTypeOf, timeIn, toAccessItem } from './projections.ts';
import { accessItem } from './schemas.ts';

/** GET /historical-identities/{id}/snapshots/{date}/access-items (contract B.13). The list has no pages. */
export const listIdentitySnapshotAccessItems = defineOperation({
  operationId: 'listIdentitySnapshotAccessItems',
  tag: 'Identity History',
  summary: 'List what an identity had access to at a time',
  method: 'GET',
  path: '/historical-identities/{id}/snapshots/{date}/access-items',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: datePath,
  query: Type.Object({
    type: Type.Optional(oneOf([...accessTypes, 'access_profile'], { description: 'Default: all.' })),
  }),
  success: { status: 200, schema: Type.Array(accessItem) },
  errors: [400, 401, 403, 404, 500],
  overrides: { beta: { errors: [400, 401, 403, 404, 429, 500] } },
  handle: async ({ application, path, query }) => {
    const type = query.type === undefined ? undefined : accessTypeOf(query.type);
    const items = await accessAt(application.database, path.id, timeIn(path.date, 'date'));
    return { body: items.filter((item) => type === undefined || item.accessType === type).map(toAccessItem) };
  },
});
