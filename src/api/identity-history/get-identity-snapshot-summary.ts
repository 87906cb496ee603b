import { Type } from 'typebox';
import { countEvents, intervals } from '../../domain/identities/identity-events.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath, oneOf } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { timeIn } from './projections.ts';

/** GET /historical-identities/{id}/snapshot-summary (contract B.13). */
export const getIdentitySnapshotSummary = defineOperation({
  operationId: 'getIdentitySnapshotSummary',
  tag: 'Identity History',
  summary: 'Count the events of an identity per month or day, newest first',
  method: 'GET',
  path: '/historical-identities/{id}/snapshot-summary',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  query: Type.Object({
    before: Type.Optional(Type.String({ description: 'Only events before this time.' })),
    interval: Type.Optional(oneOf(intervals, { description: 'Default: month.' })),
    'time-zone': Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'The time zone of months and days, such as Europe/Zurich. Default: UTC.',
      }),
    ),
  }),
  collection: { maximumLimit: 250 },
  success: {
    status: 200,
    schema: Type.Array(
      Type.Object(
        { name: Type.String({ description: 'A month or day, such as 2026-01 or 2026-01-31.' }), value: Type.Integer() },
        { additionalProperties: false, title: 'MetricResponse' },
      ),
    ),
  },
  errors: [400, 401, 403, 404, 500],
  handle: async ({ application, path, query, list: { offset, limit, count } }) => {
    const counts = await countEvents(application.database, path.id, {
      before: timeIn(query.before, 'before'),
      interval: query.interval ?? 'month',
      timeZone: query['time-zone'] ?? 'UTC',
    });
    return { body: counts.slice(offset, offset + limit), total: count ? counts.length : undefined };
  },
});
