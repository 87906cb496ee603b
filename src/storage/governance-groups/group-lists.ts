import { sql } from 'kysely';
import type { Session } from '../database.ts';
import type { Columns } from '../query/condition.ts';

/** The columns of other tables by which lists of groups can be filtered. */
export const groupFilters: Columns = {
  'memberships.identityId': {
    expression: sql`cast(null as text)`,
    type: 'id',
    nullable: true,
    lookup: {
      expression: sql.ref('governance_group_membership.identity_id'),
      among: (test) => sql`governance_group.id in (select group_id from governance_group_membership where ${test})`,
    },
  },
};

/** What the API shows of a group besides its own fields. */
export interface GroupFigures {
  readonly memberCount: number;
  readonly connectionCount: number;
  readonly ownerEmail: string | null;
}

/** Returns the figures of groups by id. The number of queries does not depend on the number of groups. */
export async function findFigures(
  { query }: Session,
  groups: readonly { readonly id: string; readonly owner: { readonly id: string } | null }[],
): Promise<ReadonlyMap<string, GroupFigures>> {
  const ids = groups.map(({ id }) => id);
  if (ids.length === 0) {
    return new Map();
  }
  const owners = groups.flatMap(({ owner }) => (owner === null ? [] : [owner.id]));
  const [members, connections, emails] = await Promise.all([
    query
      .selectFrom('governance_group_membership')
      .select(({ fn }) => ['group_id as id', fn.countAll<number>().as('count')])
      .where('group_id', 'in', ids)
      .groupBy('group_id')
      .execute(),
    query
      .selectFrom('source')
      .select(({ fn }) => ['management_workgroup_id as id', fn.countAll<number>().as('count')])
      .where('management_workgroup_id', 'in', ids)
      .groupBy('management_workgroup_id')
      .execute(),
    owners.length === 0 ? [] : query.selectFrom('identity').select(['id', 'email']).where('id', 'in', owners).execute(),
  ]);
  const memberCounts = new Map(members.map(({ id, count }) => [id, Number(count)]));
  const connectionCounts = new Map(connections.map(({ id, count }) => [id, Number(count)]));
  const emailsById = new Map(emails.map(({ id, email }) => [id, email]));
  return new Map(
    groups.map(({ id, owner }) => [
      id,
      {
        memberCount: memberCounts.get(id) ?? 0,
        connectionCount: connectionCounts.get(id) ?? 0,
        ownerEmail: emailsById.get(owner?.id ?? '') ?? null,
      },
    ]),
  );
}
