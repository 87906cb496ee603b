import { Type } from 'typebox';
import { intervals, listSnapshotTimes } from '../../domain/identities/identity-events.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { dateTime, idPath, oneOf } from '../schemas.ts';
import { wireTime } from '../wire-time.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { timeIn } from './projections.ts';

/** GET /historical-identities/{id}/snapshots (contract B.13). */
export const listIdentitySnapshots = defineOperation({
  operationId: 'listIdentitySnapshots',
  tag: 'Identity History',
  summary: 'List the times at which an identity changed, newest first',
  method: 'GET',
  path: '/historical-identities/{id}/snapshots',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  query: Type.Object({
    start: Type.Optional(Type.String({ description: 'Only times from this one on.' })),
    interval: Type.Optional(oneOf(intervals, { description: 'Only times less than a day or month after start.' })),
  }),
  collection: { maximumLimit: 250 },
  success: {
    status: 200,
    schema: Type.Array(
      Type.Object({ snapshot: dateTime }, { additionalProperties: false, title: 'IdentitySnapshotSummaryResponse' }),
    ),
  },
  errors: [400, 401, 403, 404, 500],
  handle: async ({ application, path, query, list: { offset, limit, count } }) => {
    const times = await listSnapshotTimes(application.database, path.id, {
      start: timeIn(query.start, 'start'),
      interval: query.interval,
    });
    return {
      body: times.slice(offset, offset + limit).map((time) => ({ snapshot: wireTime(time) })),
      total: count ? times.length : undefined,
    };
  },
});
