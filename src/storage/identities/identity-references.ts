import type { Transaction } from '../database.ts';

/** The references to an identity that is being deleted. */

/** Returns the ids of the accounts of an identity, whether they were correlated manually or not. */
export async function accountsOfIdentity(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('account')
    .select('id')
    .where('identity_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Clears the manual correlation of the accounts of an identity. Returns the ids of those accounts. */
export async function forgetManualCorrelation(
  transaction: Transaction,
  identityId: string,
  now: number,
): Promise<string[]> {
  const rows = await transaction.query
    .updateTable('account')
    .set((set) => ({ is_manually_correlated: 0, modified: now, version: set('version', '+', 1) }))
    .where('identity_id', '=', identityId)
    .where('is_manually_correlated', '=', 1)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Returns the ids of the identities that an identity manages. */
export async function reportsOf(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('identity')
    .select('id')
    .where('manager_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Returns the ids of up to `limit` entitlements that an identity owns, and locks them. */
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

/** Clears the owners of entitlements, and increments the versions of the entitlements. */
export async function clearOwners(transaction: Transaction, ids: readonly string[], now: number): Promise<void> {
  await transaction.query
    .updateTable('entitlement')
    .set((expression) => ({ owner_id: null, modified: now, version: expression('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute();
}

/** Returns the entitlements with an identity as an additional owner, with all additional owners as JSON; locks them. */
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

/** Sets the additional owners of an entitlement (JSON or null), and increments its version. */
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

/** Returns the ids of the sources that an identity owns. */
export async function ownedSources(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('source')
    .select('id')
    .where('owner_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Returns the ids of the personal access tokens of an identity. */
export async function tokensOfIdentity(transaction: Transaction, identityId: string): Promise<string[]> {
  const rows = await transaction.query
    .selectFrom('client')
    .select('id')
    .where('owner_id', '=', identityId)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Deletes the row of an identity. The caller has cleared all references to it. */
export async function deleteIdentityRow(transaction: Transaction, id: string): Promise<void> {
  await transaction.query.deleteFrom('identity').where('id', '=', id).execute();
}
