import { sql } from 'kysely';
import type { Session, Transaction } from '../database.ts';
import { fold } from '../query/fold.ts';
import type { IdentityTable } from '../tables.ts';
import { pieces, updateRows, valuesOf } from '../query/update-rows.ts';

/** Changes of identities by their authoritative accounts. */

/** A locked identity, with the native identity of its authoritative account. */
export interface HeldIdentity {
  readonly row: IdentityTable;
  /** Null if it has no authoritative account. */
  readonly nativeIdentity: string | null;
}

function selectHeld(transaction: Transaction) {
  return (
    transaction.query
      .selectFrom('identity')
      .leftJoin('account', 'account.id', 'identity.account_id')
      .selectAll('identity')
      .select('account.native_identity as nativeIdentity')
      // The same order in every transaction prevents deadlocks.
      .orderBy('identity.id')
      .$if(transaction.dialect.locksRows, (query) => query.forUpdate('identity'))
  );
}

type Row = IdentityTable & { readonly nativeIdentity: string | null };

function heldOf({ nativeIdentity, ...row }: Row): HeldIdentity {
  return { row, nativeIdentity };
}

/** Returns identities by their ids, and locks them. */
export async function lockIdentities(transaction: Transaction, ids: readonly string[]): Promise<HeldIdentity[]> {
  return ids.length === 0 ? [] : (await selectHeld(transaction).where('identity.id', 'in', ids).execute()).map(heldOf);
}

/** Returns the identities with one of these aliases, ignoring case, and locks them. */
export async function lockIdentitiesByAlias(
  transaction: Transaction,
  aliases: readonly string[],
): Promise<HeldIdentity[]> {
  if (aliases.length === 0) {
    return [];
  }
  const folded = [...new Set(aliases.map(fold))];
  return (await selectHeld(transaction).where('identity.alias_folded', 'in', folded).execute()).map(heldOf);
}

/** Returns the identities with one of these authoritative accounts, and locks them. */
export async function lockIdentitiesOfAccounts(
  transaction: Transaction,
  accountIds: readonly string[],
): Promise<HeldIdentity[]> {
  return accountIds.length === 0
    ? []
    : (await selectHeld(transaction).where('identity.account_id', 'in', accountIds).execute()).map(heldOf);
}

/** Returns the identity of each account; null for an account without one. */
export async function findLinks(
  transaction: Transaction,
  accountIds: readonly string[],
): Promise<Map<string, string | null>> {
  if (accountIds.length === 0) {
    return new Map();
  }
  const rows = await transaction.query
    .selectFrom('account')
    .select(['id', 'identity_id'])
    .where('id', 'in', accountIds)
    .execute();
  return new Map(rows.map((row) => [row.id, row.identity_id]));
}

/** An account of an authoritative source that is linked to an identity. */
export interface AuthoritativeAccount {
  readonly id: string;
  readonly identityId: string;
  readonly sourceId: string;
  readonly nativeIdentity: string;
  readonly name: string | null;
  /** A JSON object. */
  readonly attributes: string;
}

/** Returns the accounts of these identities on authoritative sources. */
export async function authoritativeAccountsOf(
  transaction: Transaction,
  identityIds: readonly string[],
): Promise<AuthoritativeAccount[]> {
  if (identityIds.length === 0) {
    return [];
  }
  const rows = await transaction.query
    .selectFrom('account')
    .innerJoin('source', 'source.id', 'account.source_id')
    .select([
      'account.id',
      'account.identity_id as identityId',
      'account.source_id as sourceId',
      'account.native_identity as nativeIdentity',
      'account.name',
      'account.attributes',
    ])
    .where('account.identity_id', 'in', identityIds)
    .where('source.authoritative', '=', 1)
    .execute();
  return rows.map((row) => ({ ...row, identityId: row.identityId ?? '' }));
}

/** Returns up to `limit` accounts of an identity on other than authoritative sources, with ids after `afterId`, by id. */
export async function correlatedAccountsOf(
  session: Session,
  identityId: string,
  afterId: string,
  limit: number,
): Promise<Omit<AuthoritativeAccount, 'identityId'>[]> {
  return session.query
    .selectFrom('account')
    .innerJoin('source', 'source.id', 'account.source_id')
    .select([
      'account.id',
      'account.source_id as sourceId',
      'account.native_identity as nativeIdentity',
      'account.name',
      'account.attributes',
    ])
    .where('account.identity_id', '=', identityId)
    .where('account.id', '>', afterId)
    .where('source.authoritative', '=', 0)
    .orderBy('account.id')
    .limit(limit)
    .execute();
}

/** Sets the time at which identities were last processed. */
export async function setLastRefresh(
  transaction: Transaction,
  identityIds: readonly string[],
  now: number,
): Promise<void> {
  if (identityIds.length > 0) {
    await transaction.query.updateTable('identity').set({ last_refresh: now }).where('id', 'in', identityIds).execute();
  }
}

/** Writes changed identities, except for their managers and the data that people set, such as capabilities. */
export async function updateIdentities(transaction: Transaction, rows: readonly IdentityTable[]): Promise<void> {
  await updateRows(
    transaction,
    'identity',
    rows.map((row) => ({
      id: row.id,
      alias: row.alias,
      alias_folded: row.alias_folded,
      name: row.name,
      name_folded: row.name_folded,
      email: row.email,
      email_folded: row.email_folded,
      first_name: row.first_name,
      first_name_folded: row.first_name_folded,
      last_name: row.last_name,
      last_name_folded: row.last_name_folded,
      attributes: row.attributes,
      source_id: row.source_id,
      account_id: row.account_id,
      manager_property: row.manager_property,
      manager_value_folded: row.manager_value_folded,
      lifecycle_state: row.lifecycle_state,
      identity_status: row.identity_status,
      cloud_status: row.cloud_status,
      processing_state: row.processing_state,
      is_correlated: row.is_correlated,
      last_refresh: row.last_refresh ?? row.modified,
      modified: row.modified,
      version: row.version,
    })),
  );
}

/** Sets the managers of identities, and increments the versions of the identities. */
export async function setManagers(
  transaction: Transaction,
  managers: readonly { readonly id: string; readonly match: string | null }[],
  now: number,
): Promise<void> {
  for (const piece of pieces(managers, 2)) {
    const values = valuesOf(piece.map(({ id, match }) => [id, match]));
    await sql`
      with found (id, manager_id) as (${values})
      update identity set manager_id = found.manager_id, modified = ${now}, version = version + 1
      from found where identity.id = found.id`.execute(transaction.query);
  }
}

/** Returns up to `limit` accounts of a source with ids after `afterId`, sorted by id. */
export async function accountsOfSource(
  session: Session,
  sourceId: string,
  afterId: string,
  limit: number,
): Promise<Omit<AuthoritativeAccount, 'identityId'>[]> {
  return session.query
    .selectFrom('account')
    .select(['id', 'source_id as sourceId', 'native_identity as nativeIdentity', 'name', 'attributes'])
    .where('source_id', '=', sourceId)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Returns whether a source has more than `number` accounts. */
export async function hasMoreAccounts(session: Session, sourceId: string, number: number): Promise<boolean> {
  const row = await session.query
    .selectFrom('account')
    .select('id')
    .where('source_id', '=', sourceId)
    .orderBy('id')
    .offset(number)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
