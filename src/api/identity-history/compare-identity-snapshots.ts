import { Type } from 'typebox';
import { accessTypes } from '../../domain/identities/access-items.ts';
import { compareAccess } from '../../domain/identities/identity-snapshots.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { accessTypesOf } from './projections.ts';
import { accessTypeList } from './schemas.ts';
import { snapshotParameters, snapshotsIn } from './snapshots.ts';

const counts = Type.Object({ added: Type.Integer(), removed: Type.Integer() }, { additionalProperties: false });

/** GET /historical-identities/{id}/compare (contract B.13). */
export const compareIdentitySnapshots = defineOperation({
  operationId: 'compareIdentitySnapshots',
  tag: 'Identity History',
  summary: 'Count the access that an identity gained and lost between two times, by type',
  method: 'GET',
  path: '/historical-identities/{id}/compare',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  query: Type.Object({ ...snapshotParameters, accessItemTypes: accessTypeList }),
  collection: { maximumLimit: 250 },
  success: {
    status: 200,
    schema: Type.Array(
      Type.Object(
        { accessItemDiff: Type.Record(Type.String(), counts) },
        { additionalProperties: false, title: 'IdentityCompareResponse' },
      ),
    ),
  },
  errors: [400, 401, 403, 404, 500],
  handle: async ({ application, path, query, list: { offset, limit, count } }) => {
    const [first, second] = snapshotsIn(query);
    const { added, removed } = await compareAccess(application.database, path.id, first, second);
    const types = accessTypesOf(query.accessItemTypes);
    const asked = accessTypes.filter((type) => types?.includes(type) !== false);
    const differences = asked.map((type) => ({
      accessItemDiff: {
        [type]: {
          added: added.filter(({ accessType }) => accessType === type).length,
          removed: removed.filter(({ accessType }) => accessType === type).length,
        },
      },
    }));
    return { body: differences.slice(offset, offset + limit), total: count ? differences.length : undefined };
  },
});
