/** Governance groups as the objects of references. */
import type { Session, Transaction } from '../database.ts';

/**
 * Returns the groups with these ids that exist, in no particular order, for references to them: none of them can be
 * deleted until the transaction ends.
 */
export async function findReferencedGroups(
  transaction: Transaction,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  if (ids.length === 0) {
    return [];
  }
  return transaction.query
    .selectFrom('governance_group')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (query) => query.forKeyShare())
    .execute();
}

/** Returns the names of groups by id. */
export async function findGroupNames({ query }: Session, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await query.selectFrom('governance_group').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
