import { sql } from 'kysely';
import { packId, unpackId } from '../changes/packed-id.ts';
import type { Session } from '../database.ts';

/** The identities of the change record, which may be deleted, and the accounts that they have or had. */

/** The deletion of an identity. */
export interface DeletedIdentity {
  readonly id: string;
  /** UTC milliseconds. */
  readonly deleted: number;
  /** Its last state (`identityState`). */
  readonly state: Readonly<Record<string, unknown>>;
}

// Written out: the engines use a partial index only where they see its condition.
const isDeletedIdentity = sql<boolean>`change.object_type = 'IDENTITY' and change.kind = 'deleted'`;

/** Returns the deletion of an identity, or undefined if none is recorded. */
export async function findDeletedIdentity({ query }: Session, id: string): Promise<DeletedIdentity | undefined> {
  const row = await query
    .selectFrom('change')
    .select(['time', 'before'])
    .where(isDeletedIdentity)
    .where('object_id', '=', packId(id))
    .executeTakeFirst();
  return row === undefined ? undefined : { id, deleted: row.time, state: stateIn(row.before) };
}

/** Returns up to `limit` deleted identities with ids after `afterId`, sorted by id. */
export async function findDeletedIdentities(
  { query }: Session,
  afterId: string,
  limit: number,
): Promise<DeletedIdentity[]> {
  const rows = await query
    .selectFrom('change')
    .select(['object_id', 'time', 'before'])
    .where(isDeletedIdentity)
    .where('object_id', '>', packId(afterId))
    .orderBy('object_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: unpackId(row.object_id), deleted: row.time, state: stateIn(row.before) }));
}

/** Returns the time of the first recorded change of an identity in UTC milliseconds, or undefined. */
export async function firstRecordOf({ query }: Session, id: string): Promise<number | undefined> {
  const row = await query
    .selectFrom('change')
    .select('time')
    .where('object_type', '=', 'IDENTITY')
    .where('object_id', '=', packId(id))
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return row?.time;
}

/**
 * Returns the ids of up to `limit` accounts that an identity has, or had according to the change record. They can include
 * others, with an attribute of the name `identityId`: the states of the accounts tell.
 */
export async function accountsEverOf(session: Session, identityId: string, limit: number): Promise<string[]> {
  const { query, dialect } = session;
  const current = await query
    .selectFrom('account')
    .select('id')
    .where('identity_id', '=', identityId)
    .orderBy('id')
    .limit(limit)
    .execute();
  const lost = await query
    .selectFrom('change')
    .select('object_id')
    .distinct()
    .where(sql<boolean>`object_type = 'ACCOUNT' and ${sql.raw(dialect.contains('before', '"identityId":"'))}`)
    .where(sql<string>`${sql.raw(dialect.jsonText('before', 'identityId'))}`, '=', identityId)
    .limit(limit)
    .execute();
  const ids = new Set([...current.map(({ id }) => id), ...lost.map((row) => unpackId(row.object_id))]);
  return [...ids].toSorted().slice(0, limit);
}

function stateIn(before: string | null): Readonly<Record<string, unknown>> {
  return JSON.parse(before ?? '{}') as Record<string, unknown>;
}
