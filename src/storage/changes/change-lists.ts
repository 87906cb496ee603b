import { type RawBuilder, sql } from 'kysely';
import type { ListQuery } from '../../list-query.ts';
import type { ChangedObject, ChangeKind } from './changes.ts';
import type { Columns } from '../query/condition.ts';
import type { Session } from '../database.ts';
import { orderBy } from '../query/order.ts';
import { matching, page } from '../query/page.ts';
import { isDigest } from './content-digest.ts';
import { createdContents } from './creations.ts';
import { unpackId } from './packed-id.ts';

/** One change from the change record. JSON is kept as the stored text; the time is UTC milliseconds. */
export interface RecordedChange {
  /** Of two changes of one object the later one has the larger number. */
  readonly number: number;
  readonly time: number;
  readonly objectType: ChangedObject;
  readonly objectId: string;
  readonly kind: ChangeKind;
  readonly actorId: string | null;
  /** The current name of the actor; null without an actor, or if its identity was deleted. */
  readonly actorName: string | null;
  readonly clientId: string | null;
  readonly taskId: string | null;
  readonly trackingId: string | null;
  /** A JSON object, or null. */
  readonly before: string | null;
  /** A JSON object, or null. */
  readonly after: string | null;
}

const number = { expression: sql.ref('change.number'), type: 'number', nullable: false } as const;

const columns: Columns = {
  // The last sort key of every list.
  id: number,
  number,
  time: { expression: sql.ref('change.time'), type: 'time', nullable: false },
  objectType: { expression: sql.ref('change.object_type'), type: 'code', nullable: false },
  objectId: { expression: sql.ref('change.object_id'), type: 'packedId', nullable: false },
  kind: { expression: sql.ref('change.kind'), type: 'id', nullable: false },
  actorId: { expression: originColumn('actor_id'), type: 'id', nullable: true },
  clientId: { expression: originColumn('client_id'), type: 'id', nullable: true },
  taskId: {
    expression: sql.ref('change.origin'),
    type: 'id',
    nullable: true,
    // Origins are numbered from 1: 0 matches none.
    keyOf: (id) => sql`coalesce((select number from change_origin where task_id = ${id}), 0)`,
  },
};

/** Returns a column of the origin: that of the change, or else that of its task. */
function originColumn(column: 'actor_id' | 'client_id' | 'tracking_id'): RawBuilder<string | null> {
  return sql<string | null>`coalesce(${sql.ref(`change.${column}`)}, (
    select ${sql.ref(`change_origin.${column}`)} from change_origin where change_origin.number = change.origin))`;
}

/** Returns one page of changes. A subquery selects their numbers first, from an index alone if possible. */
export async function findChanges(session: Session, list: ListQuery): Promise<RecordedChange[]> {
  // The number is the last sort key already: no other needs to follow it.
  const sorts = list.sorts.map((sort) => (sort.field === 'number' ? { ...sort, field: 'id' } : sort));
  const numbers = page(session.query.selectFrom('change').select('change.number'), { ...list, sorts }, columns);
  const rows = await session.query
    .selectFrom(numbers.as('hit'))
    .crossJoin('change')
    .whereRef('change.number', '=', 'hit.number')
    .select([
      'change.number',
      'change.time',
      'change.object_type as objectType',
      'change.object_id as packedId',
      'change.kind',
      originColumn('actor_id').as('actorId'),
      sql<string | null>`(select identity.name from identity where identity.id = ${originColumn('actor_id')})`.as(
        'actorName',
      ),
      originColumn('client_id').as('clientId'),
      sql<string | null>`(select task_id from change_origin where change_origin.number = change.origin)`.as('taskId'),
      originColumn('tracking_id').as('trackingId'),
      'change.before',
      'change.after',
    ])
    .orderBy(orderBy(sorts, columns))
    .execute();
  const changes = rows.map(({ packedId, ...row }) => ({
    ...row,
    objectId: unpackId(packedId),
    objectType: row.objectType as ChangedObject,
    kind: row.kind as ChangeKind,
  }));
  const contents = await createdContents(
    session,
    changes.filter(({ after }) => isDigest(after)),
  );
  return changes.map((change) =>
    isDigest(change.after) ? { ...change, after: contents.get(change.objectId) ?? null } : change,
  );
}

/** Returns the number of changes that match the filter of a list. */
export async function countChanges(session: Session, list: ListQuery): Promise<number> {
  const counted = session.query
    .selectFrom('change')
    .select((expression) => expression.fn.countAll<number>().as('count'));
  return Number((await matching(counted, list, columns).executeTakeFirstOrThrow()).count);
}
