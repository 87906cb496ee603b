import { deleteHoldings, type Holding, holdingsOf, insertHoldings } from './account-entitlements.ts';
import {
  accountState,
  type AccountTruth,
  accountTruthState,
  type HeldEntitlement,
  newAccount,
  truthOf,
  withAccountTruth,
} from './account-record.ts';
import { type Change, type ChangeOrigin, difference, recordChanges } from '../changes/changes.ts';
import type { Session, Transaction } from '../database.ts';
import type { AccountTable } from '../tables.ts';

/** An account to write: its id, its data from the source, and the ids of the entitlements it holds. */
export interface AccountWrite {
  readonly id: string;
  readonly truth: AccountTruth;
  readonly entitlementIds: readonly string[];
  /** Where a new account comes from; default AGGREGATED. */
  readonly origin?: 'AGGREGATED' | 'PROVISIONED';
}

/** The number of rows per update statement. A constant size keeps the statement prepared. */
const rowsPerUpdate = 50;

/** Returns up to `limit` accounts of a source with native identities (`key`) after `afterKey`, sorted by bytes. */
export async function accountsByNativeIdentity(
  session: Session,
  sourceId: string,
  afterKey: string | undefined,
  limit: number,
): Promise<{ id: string; key: string; fingerprint: string }[]> {
  return session.query
    .selectFrom('account')
    .select(['id', 'native_identity as key', 'fingerprint'])
    .where('source_id', '=', sourceId)
    .$if(afterKey !== undefined, (builder) => builder.where('native_identity', '>', afterKey ?? ''))
    .orderBy('native_identity')
    .limit(limit)
    .execute();
}

/** Returns the number of accounts of a source. */
export async function countAccountsOf(session: Session, sourceId: string): Promise<number> {
  const { total } = await session.query
    .selectFrom('account')
    .select((expression) => expression.fn.countAll<number>().as('total'))
    .where('source_id', '=', sourceId)
    .executeTakeFirstOrThrow();
  return Number(total);
}

/**
 * Creates accounts. A deleted account is restored from its tombstone with its id, and with its identity if it was
 * correlated manually.
 * @param writes their ids are used for accounts without a tombstone
 * @returns the ids in the order of `writes`, and the number of restored accounts
 */
export async function createAccounts(
  transaction: Transaction,
  sourceId: string,
  writes: readonly AccountWrite[],
  origin: ChangeOrigin,
  now: number,
): Promise<{ ids: string[]; restored: number }> {
  if (writes.length === 0) {
    return { ids: [], restored: 0 };
  }
  const tombstones = await takeTombstones(
    transaction,
    sourceId,
    writes.map(({ truth }) => truth.nativeIdentity),
  );
  const rows: AccountTable[] = [];
  const changes: Change[] = [];
  for (const { id, truth, origin: from = 'AGGREGATED' } of writes) {
    const former = tombstones.get(truth.nativeIdentity);
    const base = former ?? { ...newAccount(sourceId, truth.nativeIdentity, id, now), origin: from };
    const row = {
      ...withAccountTruth(base, truth),
      modified: now,
      version: former === undefined ? 1 : former.version + 1,
    };
    rows.push(row);
    changes.push({
      objectType: 'ACCOUNT',
      objectId: row.id,
      kind: former === undefined ? 'created' : 'restored',
      before: null,
      after: former === undefined ? { sourceId, ...accountTruthState(truth) } : accountState(row, truth.entitlements),
    });
  }
  await transaction.insertRows('account', rows);
  await insertHoldings(
    transaction,
    rows.map(({ id }, index) => ({ accountId: id, entitlementIds: writes[index]?.entitlementIds ?? [] })),
  );
  await recordChanges(transaction, origin, now, changes);
  return { ids: rows.map(({ id }) => id), restored: tombstones.size };
}

/** Updates existing accounts with their current data from the source. Returns the ids of those that changed. */
export async function updateAccounts(
  transaction: Transaction,
  writes: readonly AccountWrite[],
  origin: ChangeOrigin,
  now: number,
): Promise<Set<string>> {
  const ids = writes.map(({ id }) => id);
  const rows = await lockAccounts(transaction, ids);
  const holdings = await holdingsOf(transaction, ids);
  const updated: AccountTable[] = [];
  const changes: Change[] = [];
  const emptied: string[] = [];
  const added: { accountId: string; entitlementIds: readonly string[] }[] = [];
  for (const { id, truth, entitlementIds } of writes) {
    const row = rows.get(id);
    if (row === undefined) {
      continue;
    }
    const held = holdings.get(id) ?? [];
    const change = holdingChange(held, entitlementIds);
    if (change.isRewritten) {
      emptied.push(id);
    }
    added.push({ accountId: id, entitlementIds: change.added });
    const changed = difference(accountTruthState(truthOf(row, held)), accountTruthState(truth));
    if (changed !== undefined) {
      changes.push({ objectType: 'ACCOUNT', objectId: id, kind: 'updated', ...changed });
    }
    if (changed !== undefined || row.fingerprint !== truth.fingerprint) {
      const next = withAccountTruth(row, truth);
      updated.push(changed === undefined ? next : { ...next, modified: now, version: row.version + 1 });
    }
  }
  await updateRows(transaction, updated);
  await deleteHoldings(transaction, emptied);
  await insertHoldings(transaction, added);
  await recordChanges(transaction, origin, now, changes);
  return new Set(changes.map(({ objectId }) => objectId));
}

/** Returns the entitlements to add to an account. If any must be removed, all of them are rewritten. */
function holdingChange(
  held: readonly Holding[],
  wanted: readonly string[],
): { isRewritten: boolean; added: readonly string[] } {
  const wantedIds = new Set(wanted);
  if (held.some(({ entitlementId }) => !wantedIds.has(entitlementId))) {
    return { isRewritten: true, added: wanted };
  }
  const heldIds = new Set(held.map(({ entitlementId }) => entitlementId));
  return { isRewritten: false, added: wanted.filter((id) => !heldIds.has(id)) };
}

async function updateRows(transaction: Transaction, rows: readonly AccountTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerUpdate) {
    // An upsert updates many rows in one statement, with the same SQL on both engines.
    await transaction.query
      .insertInto('account')
      .values(rows.slice(start, start + rowsPerUpdate))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((set) => ({
          name: set.ref('excluded.name'),
          name_folded: set.ref('excluded.name_folded'),
          uuid: set.ref('excluded.uuid'),
          uuid_folded: set.ref('excluded.uuid_folded'),
          attributes: set.ref('excluded.attributes'),
          description: set.ref('excluded.description'),
          disabled: set.ref('excluded.disabled'),
          locked: set.ref('excluded.locked'),
          has_entitlements: set.ref('excluded.has_entitlements'),
          fingerprint: set.ref('excluded.fingerprint'),
          modified: set.ref('excluded.modified'),
          version: set.ref('excluded.version'),
        })),
      )
      .execute();
  }
}

/**
 * Deletes accounts with their memberships and correlation keys, and writes tombstones with their ids and manual
 * correlations. Returns the number of deleted accounts.
 */
export async function deleteAccounts(
  transaction: Transaction,
  ids: readonly string[],
  origin: ChangeOrigin,
  now: number,
): Promise<number> {
  const rows = await lockAccounts(transaction, ids);
  const deleted = [...rows.values()];
  if (deleted.length === 0) {
    return 0;
  }
  const deletedIds = [...rows.keys()];
  const holdings = await holdingsOf(transaction, deletedIds);
  await transaction.insertRows(
    'account_tombstone',
    deleted.map((row) => ({
      id: row.id,
      source_id: row.source_id,
      native_identity: row.native_identity,
      deleted: now,
      task_id: origin.taskId,
      account: JSON.stringify(row),
    })),
  );
  await deleteHoldings(transaction, deletedIds);
  await transaction.query.deleteFrom('account_correlation_key').where('account_id', 'in', deletedIds).execute();
  await transaction.query.deleteFrom('account').where('id', 'in', deletedIds).execute();
  await recordChanges(
    transaction,
    origin,
    now,
    deleted.map((row) => ({
      objectType: 'ACCOUNT',
      objectId: row.id,
      kind: 'deleted',
      before: accountState(row, heldBy(holdings, row.id)),
      after: null,
    })),
  );
  return deleted.length;
}

function heldBy(holdings: ReadonlyMap<string, readonly Holding[]>, id: string): readonly HeldEntitlement[] {
  return holdings.get(id) ?? [];
}

/** Returns the rows of accounts by id, and locks them until the transaction ends. */
export async function lockAccounts(
  transaction: Transaction,
  ids: readonly string[],
): Promise<Map<string, AccountTable>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await transaction.query
    .selectFrom('account')
    .selectAll()
    .where('id', 'in', ids)
    // The same order in every transaction prevents deadlocks.
    .orderBy('id')
    .$if(transaction.dialect.locksRows, (builder) => builder.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Deletes the tombstones of accounts that are restored, and returns their rows by native identity. */
async function takeTombstones(
  transaction: Transaction,
  sourceId: string,
  nativeIdentities: readonly string[],
): Promise<Map<string, AccountTable>> {
  const tombstones = transaction.query.selectFrom('account_tombstone').where('source_id', '=', sourceId);
  // Usually nothing was ever deleted, and checking that is much cheaper than looking up a thousand keys.
  if ((await tombstones.select('id').limit(1).executeTakeFirst()) === undefined) {
    return new Map();
  }
  const found = await tombstones.select(['id', 'account']).where('native_identity', 'in', nativeIdentities).execute();
  if (found.length === 0) {
    return new Map();
  }
  await transaction.query
    .deleteFrom('account_tombstone')
    .where(
      'id',
      'in',
      found.map(({ id }) => id),
    )
    .execute();
  const rows = found.map(({ account }) => JSON.parse(account) as AccountTable);
  const identities = await existingIdentities(transaction, rows);
  return new Map(
    rows.map((row) => {
      const isStillManual = row.is_manually_correlated === 1 && identities.has(row.identity_id ?? '');
      return [
        row.native_identity,
        isStillManual ? row : { ...row, identity_id: null, is_manually_correlated: 0 as const },
      ];
    }),
  );
}

/** Returns the ids of the identities of these accounts that still exist. */
async function existingIdentities(transaction: Transaction, rows: readonly AccountTable[]): Promise<Set<string>> {
  const ids = rows.flatMap(({ identity_id: id }) => (id === null ? [] : [id]));
  if (ids.length === 0) {
    return new Set();
  }
  const found = await transaction.query.selectFrom('identity').select('id').where('id', 'in', ids).execute();
  return new Set(found.map(({ id }) => id));
}
