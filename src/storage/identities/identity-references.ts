import type { Transaction } from '../database.ts';

/** What refers to an identity that is being deleted. Each function takes the next part, in bounded size. */

/** The accounts of an identity, whoever correlated them. */
export async function accountsOfIdentity(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('account')
    .select('id')
    .where('identity_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Accounts that nobody correlates by hand any more. */
export async function forgetManualCorrelation(transaction: Transaction, identityId: string): Promise<void> {
  await transaction.query
    .updateTable('account')
    .set({ is_manually_correlated: 0 })
    .where('identity_id', '=', identityId)
    .where('is_manually_correlated', '=', 1)
    .execute();
}

/** The identities that an identity manages. */
export async function reportsOf(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('identity')
    .select('id')
    .where('manager_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Up to `limit` of the entitlements that an identity owns. */
export async function ownedEntitlements(
  transaction: Transaction,
  identityId: string,
  limit: number,
): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('entitlement')
    .select('id')
    .where('owner_id', '=', identityId)
    .orderBy('id')
    .limit(limit)
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate())
    .execute();
  return rows.map(({ id }) => id);
}

/** Takes the owner from entitlements, which moves their versions. */
export async function clearOwners(transaction: Transaction, ids: readonly string[], now: number): Promise<void> {
  await transaction.query
    .updateTable('entitlement')
    .set((expression) => ({ owner_id: null, modified: now, version: expression('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
}

/** The entitlements of which an identity is an additional owner, with their additional owners as JSON. */
export async function additionallyOwnedEntitlements(
  transaction: Transaction,
  identityId: string,
): Promise<{ readonly id: string; readonly additionalOwners: string }[]> {
  const rows = await transaction.query
    .selectFrom('entitlement')
    .select(['id', 'additional_owners as additionalOwners'])
    // The first condition is that of a partial index: few entitlements have additional owners.
    .where('additional_owners', 'is not', null)
    .where('additional_owners', 'like', `%"${identityId}"%`)
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (query) => query.forUpdate())
    .execute();
  return rows.map(({ id, additionalOwners }) => ({ id, additionalOwners: additionalOwners ?? '[]' }));
}

/** Sets the additional owners of an entitlement, JSON or null, which moves its version. */
export async function setAdditionalOwners(
  transaction: Transaction,
  id: string,
  additionalOwners: string | null,
  now: number,
): Promise<void> {
  await transaction.query
    .updateTable('entitlement')
    .set((expression) => ({
      additional_owners: additionalOwners,
      modified: now,
      version: expression('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** The ids of the sources that an identity owns. */
export async function ownedSources(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('source')
    .select('id')
    .where('owner_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The ids of the tokens that act for an identity. */
export async function tokensOfIdentity(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('client')
    .select('id')
    .where('owner_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Removes the row of an identity. What refers to it is cleared before. */
export async function deleteIdentityRow(transaction: Transaction, id: string): Promise<void> {
  await transaction.query.deleteFrom('identity').where('id', '=', id).execute();
}
