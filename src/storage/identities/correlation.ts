import { type RawBuilder, sql } from 'kysely';
import type { Session, Transaction } from '../database.ts';
import type { Pair } from './identity-attributes.ts';
import { pieces, valuesOf } from '../query/update-rows.ts';

/** The joins of correlation keys of accounts and manager references of identities with attributes of identities. */

/**
 * Serialises concurrent transactions that correlate accounts with identities, so that none misses the changes of
 * another: those that change identities exclude all others, those that change accounts exclude only the former.
 */
export async function lockCorrelation(transaction: Transaction, changes: 'accounts' | 'identities'): Promise<void> {
  if (transaction.dialect.locksRows) {
    await transaction.query
      .selectFrom('property')
      .select('name')
      .where('name', '=', 'correlation')
      .$if(changes === 'accounts', (query) => query.forShare())
      .$if(changes === 'identities', (query) => query.forUpdate())
      .execute();
  }
}

/** Returns the only identity with this value of this property; null if there is none or several. */
function onlyMatch(property: RawBuilder<unknown>, value: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<string | null>`(select case when count(*) = 1 then min(candidate.identity_id) end from (
    select identity_attribute.identity_id from identity_attribute
    where identity_attribute.name = ${property} and identity_attribute.value_folded = ${value} limit 2) candidate)`;
}

/** Returns for each pair the only identity that it matches, or null, in the order of the pairs. */
export async function matchesOf(session: Session, pairs: readonly Pair[]): Promise<(string | null)[]> {
  const matches: (string | null)[] = [];
  for (const piece of pieces(pairs, 3)) {
    const values = valuesOf(piece.map(({ property, value }, index) => [index, property, value]));
    const match = onlyMatch(sql.ref('pair.property'), sql.ref('pair.value'));
    const { rows } = await sql<{ match: string | null }>`
      with pair (position, property, value) as (${values})
      select ${match} as match from pair order by pair.position`.execute(session.query);
    matches.push(...rows.map((row) => row.match));
  }
  return matches;
}

/** The identity that the correlation keys of an account match. */
export interface AccountMatch {
  readonly id: string;
  readonly identityId: string | null;
  /** The identity of the first key that matches exactly one; null if there is none. */
  readonly match: string | null;
}

/** Returns the matches of accounts, except for manually correlated ones. */
export async function matchAccounts(transaction: Transaction, accountIds: readonly string[]): Promise<AccountMatch[]> {
  if (accountIds.length === 0) {
    return [];
  }
  const match = onlyMatch(sql.ref('account_correlation_key.property'), sql.ref('account_correlation_key.value_folded'));
  const rows = await transaction.query
    .selectFrom('account')
    .leftJoin('account_correlation_key', 'account_correlation_key.account_id', 'account.id')
    .select(['account.id', 'account.identity_id as identityId', match.as('match')])
    .where('account.id', 'in', accountIds)
    .where('account.is_manually_correlated', '=', 0)
    .orderBy('account.id')
    .orderBy('account_correlation_key.position')
    .execute();
  const found = new Map<string, AccountMatch>();
  for (const row of rows) {
    const before = found.get(row.id);
    if (before === undefined || before.match === null) {
      found.set(row.id, row);
    }
  }
  return [...found.values()];
}

/** Returns the accounts with at least one of these pairs as a correlation key, sorted by id. */
export async function accountsWithKeys(transaction: Transaction, pairs: readonly Pair[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const piece of pieces(pairs, 2)) {
    const { rows } = await sql<{ id: string }>`
      with pair (property, value) as (${valuesOf(piece.map(({ property, value }) => [property, value]))})
      select account_correlation_key.account_id as id from pair cross join account_correlation_key
      where account_correlation_key.property = pair.property and account_correlation_key.value_folded = pair.value`.execute(
      transaction.query,
    );
    for (const { id } of rows) {
      ids.add(id);
    }
  }
  return [...ids].toSorted();
}

/** One correlation key of an account, with the position of the assignment that it comes from. */
export interface AccountKey extends Pair {
  readonly accountId: string;
  readonly position: number;
}

/** Replaces all correlation keys of accounts. */
export async function replaceKeys(
  transaction: Transaction,
  accountIds: readonly string[],
  keys: readonly AccountKey[],
): Promise<void> {
  if (accountIds.length > 0) {
    await transaction.query.deleteFrom('account_correlation_key').where('account_id', 'in', accountIds).execute();
  }
  await transaction.insertRows(
    'account_correlation_key',
    keys.map(({ accountId, position, property, value }) => ({
      account_id: accountId,
      position,
      property,
      value_folded: value,
    })),
  );
}

/** Sets the identities of accounts, and increments the versions of the accounts. */
export async function setIdentities(
  transaction: Transaction,
  links: readonly { readonly id: string; readonly identityId: string | null }[],
  now: number,
): Promise<void> {
  for (const piece of pieces(links, 2)) {
    const values = valuesOf(piece.map(({ id, identityId }) => [id, identityId]));
    await sql`
      with link (id, identity_id) as (${values})
      update account set identity_id = link.identity_id, modified = ${now}, version = version + 1
      from link where account.id = link.id`.execute(transaction.query);
  }
}

/** The current manager of an identity, and the match of its manager reference. */
export interface ManagerMatch {
  readonly id: string;
  readonly managerId: string | null;
  readonly match: string | null;
}

/**
 * Returns the matches of the manager references of identities. A reference to a native identity (`nativeIdentityOf`)
 * may also be an alias, which is looked up first. An identity never matches itself.
 */
export async function matchManagers(transaction: Transaction, identityIds: readonly string[]): Promise<ManagerMatch[]> {
  if (identityIds.length === 0) {
    return [];
  }
  const property = sql.ref('identity.manager_property');
  const value = sql.ref('identity.manager_value_folded');
  const match = sql<string | null>`coalesce(
    case when ${property} like '#%' then ${onlyMatch(sql.lit('alias'), value)} end, ${onlyMatch(property, value)})`;
  const rows = await transaction.query
    .selectFrom('identity')
    .select(['identity.id', 'identity.manager_id as managerId', match.as('match')])
    .where('identity.id', 'in', identityIds)
    .execute();
  return rows.map((row) => ({ ...row, match: row.match === row.id ? null : row.match }));
}

/** Returns the identities whose manager reference is one of these pairs, sorted by id. */
export async function identitiesWantingManager(transaction: Transaction, pairs: readonly Pair[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const piece of pieces(pairs, 2)) {
    const { rows } = await sql<{ id: string }>`
      with pair (property, value) as (${valuesOf(piece.map(({ property, value }) => [property, value]))})
      select identity.id from pair cross join identity
      where identity.manager_property = pair.property and identity.manager_value_folded = pair.value`.execute(
      transaction.query,
    );
    for (const { id } of rows) {
      ids.add(id);
    }
  }
  return [...ids].toSorted();
}
