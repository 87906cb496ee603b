import { sql } from 'kysely';
import type { Session } from '../database.ts';

/** An account of an identity. */
export interface AccountOfIdentity {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly identityId: string;
}

/** Returns those of these ids (at most 1,000) that are identities. */
export async function identitiesAmong({ query }: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) {
    return new Set();
  }
  const rows = await query.selectFrom('identity').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

/**
 * Returns the accounts of these identities (at most 1,000), by identity and id.
 * @param limit the most accounts returned
 */
export async function accountsOfIdentities(
  { query }: Session,
  identityIds: readonly string[],
  limit: number,
): Promise<AccountOfIdentity[]> {
  if (identityIds.length === 0) {
    return [];
  }
  const rows = await query
    .selectFrom('account')
    .select([
      'id',
      'source_id as sourceId',
      sql<string>`(select source.name from source where source.id = account.source_id)`.as('sourceName'),
      'identity_id as identityId',
    ])
    .where('identity_id', 'in', identityIds)
    .orderBy('identity_id')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ identityId, ...row }) => (identityId === null ? [] : [{ ...row, identityId }]));
}
