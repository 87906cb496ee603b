import { type Session, type Transaction } from '../database.ts';
import type { ListQuery } from '../../list-query.ts';
import { sql } from 'kysely';
import type { Columns } from '../query/condition.ts';
import { matching, page } from '../query/page.ts';

/** The memberships of identities in governance groups. A membership is created and deleted, never changed. */

export interface Membership {
  readonly id: string;
  readonly groupId: string;
  readonly identityId: string;
  /** UTC milliseconds. */
  readonly created: number;
}

/** A member of a group: an identity. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

const selected = ['id', 'group_id as groupId', 'identity_id as identityId', 'created'] as const;

/** Returns a membership in the form of the change record. */
export function membershipState({ groupId, identityId }: Pick<Membership, 'groupId' | 'identityId'>): {
  groupId: string;
  identityId: string;
} {
  return { groupId, identityId };
}

/** Returns the memberships with these ids that exist, in no particular order. */
export async function findMemberships({ query }: Session, ids: readonly string[]): Promise<Membership[]> {
  return query.selectFrom('governance_group_membership').select(selected).where('id', 'in', ids).execute();
}

/** Returns the memberships of these identities in a group. */
export async function findMembershipsOf(
  { query }: Session,
  groupId: string,
  identityIds: readonly string[],
): Promise<Membership[]> {
  if (identityIds.length === 0) {
    return [];
  }
  return query
    .selectFrom('governance_group_membership')
    .select(selected)
    .where('group_id', '=', groupId)
    .where('identity_id', 'in', identityIds)
    .execute();
}

/** Returns up to `limit` memberships of a group, or of an identity, sorted by id, and locks them. */
export async function lockMemberships(
  transaction: Transaction,
  of: { readonly groupId: string } | { readonly identityId: string },
  limit: number,
): Promise<Membership[]> {
  const [column, id] =
    'groupId' in of ? (['group_id', of.groupId] as const) : (['identity_id', of.identityId] as const);
  return transaction.query
    .selectFrom('governance_group_membership')
    .select(selected)
    .where(column, '=', id)
    .orderBy('id')
    .limit(limit)
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate())
    .execute();
}

/** Inserts memberships. Fails with a unique violation for an identity that is a member already. */
export async function insertMemberships(transaction: Transaction, memberships: readonly Membership[]): Promise<void> {
  if (memberships.length > 0) {
    await transaction.insertRows(
      'governance_group_membership',
      memberships.map(({ id, groupId, identityId, created }) => ({
        id,
        group_id: groupId,
        identity_id: identityId,
        created,
      })),
    );
  }
}

/** Deletes memberships. Returns the ids of those that this transaction has deleted: another may have deleted some before. */
export async function deleteMemberships(transaction: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) {
    return new Set();
  }
  const deleted = await transaction.query
    .deleteFrom('governance_group_membership')
    .where('id', 'in', ids)
    .returning('id')
    .execute();
  return new Set(deleted.map(({ id }) => id));
}

const memberColumns: Columns = {
  id: { expression: sql.ref('identity.id'), type: 'id', nullable: false },
  name: { expression: sql.ref('identity.name_folded'), type: 'text', nullable: false },
  created: { expression: sql.ref('identity.created'), type: 'time', nullable: false },
  modified: { expression: sql.ref('identity.modified'), type: 'time', nullable: false },
};

/** Returns one page of the members of a group. */
export async function listMembers({ query }: Session, groupId: string, list: ListQuery): Promise<Member[]> {
  const members = query
    .selectFrom('governance_group_membership')
    .innerJoin('identity', 'identity.id', 'governance_group_membership.identity_id')
    .select(['identity.id', 'identity.name', 'identity.email'])
    .where('governance_group_membership.group_id', '=', groupId);
  return page(members, list, memberColumns).execute();
}

/** Returns the number of members of a group. */
export async function countMembers({ query }: Session, groupId: string, list: ListQuery): Promise<number> {
  const counted = query
    .selectFrom('governance_group_membership')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('group_id', '=', groupId);
  return Number((await matching(counted, list, memberColumns).executeTakeFirstOrThrow()).count);
}
