/** Which identities manage which sources. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Session } from '../database.ts';

/** An object that belongs to a source. */
export interface ObjectOfSource {
  readonly kind: 'source' | 'account' | 'entitlement' | 'task';
  readonly id: string;
}

/** Returns the ids of the sources that an identity owns or whose management workgroup it is a member of. */
export async function findManagedSources({ query }: Session, identityId: string): Promise<string[]> {
  const rows = await query.selectFrom('source').select('id').where(isManagedBy(identityId)).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

/** The source of an object, null for some tasks, and who started it if it is a task. */
export interface SourceOfObject {
  readonly id: string;
  readonly sourceId: string | null;
  readonly actorId: string | null;
}

/** Returns the sources of those objects of one kind that exist, in no particular order. */
export async function findSourcesOf(
  { query }: Session,
  kind: ObjectOfSource['kind'],
  ids: readonly string[],
): Promise<SourceOfObject[]> {
  const nobody = sql<null>`null`.as('actorId');
  switch (kind) {
    case 'source':
      return query.selectFrom('source').select(['id', 'id as sourceId', nobody]).where('id', 'in', ids).execute();
    case 'task':
      return query
        .selectFrom('task')
        .select(['id', 'source_id as sourceId', 'actor_id as actorId'])
        .where('id', 'in', ids)
        .execute();
    default:
      return query.selectFrom(kind).select(['id', 'source_id as sourceId', nobody]).where('id', 'in', ids).execute();
  }
}

/** Returns those of these sources that an identity owns or whose management workgroup it is a member of. */
export async function managedAmong(
  { query }: Session,
  sourceIds: readonly string[],
  identityId: string,
): Promise<ReadonlySet<string>> {
  if (sourceIds.length === 0) {
    return new Set();
  }
  const rows = await query
    .selectFrom('source')
    .select('id')
    .where('id', 'in', sourceIds)
    .where(isManagedBy(identityId))
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function isManagedBy(identityId: string): RawBuilder<SqlBool> {
  return sql`(source.owner_id = ${identityId} or source.management_workgroup_id in (
    select group_id from governance_group_membership where identity_id = ${identityId}))`;
}
