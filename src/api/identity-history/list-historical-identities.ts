import { Type } from 'typebox';
import { listHistoricalIdentities as list } from '../../domain/identities/historical-identities.ts';
import { refuseUnstorable } from '../../domain/storable.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { dateTime, nullable } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { toHistoricalIdentity } from './projections.ts';

const item = Type.Object(
  {
    id: Type.String(),
    displayName: Type.String(),
    firstName: nullable(Type.String()),
    lastName: nullable(Type.String()),
    active: Type.Boolean(),
    deletedDate: nullable(dateTime),
  },
  { additionalProperties: false, title: 'IdentityListItem' },
);

/** GET /historical-identities (contract B.13). */
export const listHistoricalIdentities = defineOperation({
  operationId: 'listHistoricalIdentities',
  tag: 'Identity History',
  summary: 'List current and deleted identities',
  method: 'GET',
  path: '/historical-identities',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: Type.Object({}),
  query: Type.Object({
    'starts-with-query': Type.Optional(
      Type.String({ maxLength: 500, description: 'The beginning of the name, first name or last name.' }),
    ),
    'is-deleted': Type.Optional(Type.Boolean({ description: 'Only deleted identities, or only those that exist.' })),
    'is-active': Type.Optional(
      Type.Boolean({ description: 'Only active identities, or only those that are disabled, terminated or deleted.' }),
    ),
  }),
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(item) },
  errors: [400, 401, 403, 429, 500],
  handle: async ({ application, query, list: { offset, limit, count } }) => {
    const prefix = query['starts-with-query'];
    refuseUnstorable(prefix, 'starts-with-query');
    const { identities, total } = await list(application.database, {
      prefix: prefix === '' ? undefined : prefix,
      isDeleted: query['is-deleted'],
      isActive: query['is-active'],
      offset,
      limit,
      count,
    });
    return { body: identities.map(toHistoricalIdentity), total };
  },
});
