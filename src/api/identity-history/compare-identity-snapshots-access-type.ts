import { Type } from 'typebox';
import { type AccessItem, accessTypes } from '../../domain/identities/access-items.ts';
import { compareAccess } from '../../domain/identities/identity-snapshots.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { oneOf } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { snapshotParameters, snapshotsIn } from './snapshots.ts';

const difference = Type.Object(
  {
    id: Type.Optional(Type.String({ description: 'Missing for an entitlement whose source was deleted.' })),
    eventType: oneOf(['ADD', 'REMOVE']),
    displayName: Type.String(),
    sourceName: Type.Optional(Type.String()),
  },
  { additionalProperties: false, title: 'AccessItemDiff' },
);

/** GET /historical-identities/{id}/compare/{accessType} (contract B.13). */
export const compareIdentitySnapshotsAccessType = defineOperation({
  operationId: 'compareIdentitySnapshotsAccessType',
  tag: 'Identity History',
  summary: 'List the access of one type that an identity gained and lost between two times',
  method: 'GET',
  path: '/historical-identities/{id}/compare/{accessType}',
  families: contractFamilies,
  security: readIdentityHistory,
  // Beta declares nothing, for which the contract's default applies.
  overrides: { beta: { security: { userAuth: ['sp:scopes:all'] } } },
  userLevels: historyReaders,
  pathParameters: Type.Object({ id: Type.String({ minLength: 1 }), accessType: oneOf(accessTypes) }),
  query: Type.Object({
    'access-associated': Type.Optional(
      Type.Boolean({ description: 'true: only what was gained; false: only what was lost. Default: both.' }),
    ),
    ...snapshotParameters,
  }),
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(difference) },
  errors: [400, 401, 403, 404, 500],
  handle: async ({ application, path, query, list: { offset, limit, count } }) => {
    const [first, second] = snapshotsIn(query);
    const { added, removed } = await compareAccess(application.database, path.id, first, second);
    const wanted = query['access-associated'];
    const all = [
      ...(wanted === false ? [] : added.map((item) => toDifference(item, 'ADD'))),
      ...(wanted === true ? [] : removed.map((item) => toDifference(item, 'REMOVE'))),
    ].filter(({ accessType }) => accessType === path.accessType);
    const body = all.slice(offset, offset + limit).map(({ shown }) => shown);
    return { body, total: count ? all.length : undefined };
  },
});

function toDifference({ accessType, id, displayName, sourceName }: AccessItem, eventType: 'ADD' | 'REMOVE') {
  const shown = {
    ...(id === undefined ? {} : { id }),
    eventType,
    displayName,
    ...(sourceName === undefined ? {} : { sourceName }),
  };
  return { accessType, shown };
}
