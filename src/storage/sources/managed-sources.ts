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

/** Returns the source of an object, which is null for some tasks, and who started the task; undefined if there is none. */
export async function findSourceOf(
  { query }: Session,
  { kind, id }: ObjectOfSource,
): Promise<{ readonly sourceId: string | null; readonly actorId: string | null } | undefined> {
  const nobody = sql<null>`null`.as('actorId');
  switch (kind) {
    case 'source':
      return query.selectFrom('source').select(['id as sourceId', nobody]).where('id', '=', id).executeTakeFirst();
    case 'task':
      return query
        .selectFrom('task')
        .select(['source_id as sourceId', 'actor_id as actorId'])
        .where('id', '=', id)
        .executeTakeFirst();
    default:
      return query.selectFrom(kind).select(['source_id as sourceId', nobody]).where('id', '=', id).executeTakeFirst();
  }
}

/** Returns whether an identity owns a source or is a member of its management workgroup. */
export async function isSourceManagedBy({ query }: Session, sourceId: string, identityId: string): Promise<boolean> {
  const row = await query
    .selectFrom('source')
    .select('id')
    .where('id', '=', sourceId)
    .where(isManagedBy(identityId))
    .executeTakeFirst();
  return row !== undefined;
}

function isManagedBy(identityId: string): RawBuilder<SqlBool> {
  return sql`(source.owner_id = ${identityId} or source.management_workgroup_id in (
    select group_id from governance_group_membership where identity_id = ${identityId}))`;
}
