import { Type } from 'typebox';
import { eventTypes, type EventType, listIdentityEvents } from '../../domain/identities/identity-events.ts';
import { contractFamilies } from '../families.ts';
import { defineOperation } from '../operation.ts';
import { idPath, oneOf } from '../schemas.ts';
import { historyReaders, readIdentityHistory } from './access.ts';
import { accessTypesOf, timeIn, toIdentityEvent } from './projections.ts';
import { accessTypeList, identityEvent } from './schemas.ts';

/** Other names that clients may send for event types. */
const otherNames = {
  AccessAddedEvent: 'AccessItemAssociated',
  AccessRemovedEvent: 'AccessItemRemoved',
} as const satisfies Readonly<Record<string, EventType>>;

const names = [...eventTypes, 'AccessAddedEvent', 'AccessRemovedEvent'] as const;

/** GET /historical-identities/{id}/events (contract B.13). */
export const getHistoricalIdentityEvents = defineOperation({
  operationId: 'getHistoricalIdentityEvents',
  tag: 'Identity History',
  summary: 'List the events of an identity, newest first',
  method: 'GET',
  path: '/historical-identities/{id}/events',
  families: contractFamilies,
  security: readIdentityHistory,
  userLevels: historyReaders,
  pathParameters: idPath,
  query: Type.Object({
    from: Type.Optional(Type.String({ description: 'Only events at this time or later.' })),
    eventTypes: Type.Optional(Type.Array(oneOf(names), { maxItems: 20, description: 'Default: all.' })),
    accessItemTypes: accessTypeList,
  }),
  collection: { maximumLimit: 250 },
  success: { status: 200, schema: Type.Array(identityEvent) },
  errors: [400, 401, 403, 404, 429, 500],
  handle: async ({ application, path, query, list: { offset, limit, count } }) => {
    const asked = query.eventTypes ?? [];
    const { events, total } = await listIdentityEvents(application.database, path.id, {
      from: timeIn(query.from, 'from'),
      eventTypes: asked.length === 0 ? undefined : asked.map(eventTypeOf),
      accessTypes: accessTypesOf(query.accessItemTypes),
      offset,
      limit,
      count,
    });
    return { body: events.map((event) => toIdentityEvent(path.id, event)), total };
  },
});

function eventTypeOf(name: (typeof names)[number]): EventType {
  return name === 'AccessAddedEvent' || name === 'AccessRemovedEvent' ? otherNames[name] : name;
}
