import { illegalValue, notFound } from '../../errors.ts';
import {
  createAccounts,
  deleteAccounts,
  lockAccounts,
  updateAccounts,
} from '../../storage/accounts/account-aggregation.ts';
import { type Holding, holdingsOf } from '../../storage/accounts/account-entitlements.ts';
import { truthOf } from '../../storage/accounts/account-record.ts';
import { findAccountId } from '../../storage/accounts/accounts.ts';
import type { Transaction } from '../../storage/database.ts';
import { deleteEntitlements } from '../../storage/entitlements/entitlement-deletion.ts';
import { orphanedAmong } from '../../storage/entitlements/unlisted-entitlements.ts';
import { lockCorrelation } from '../../storage/identities/correlation.ts';
import { findSchemas, type SourceSchema } from '../../storage/sources/source-schemas.ts';
import { findSource, type Source } from '../../storage/sources/sources.ts';
import type { AccountTable } from '../../storage/tables.ts';
import { appliedAccount, findPeople } from '../aggregation/account-objects.ts';
import { EntitlementLookup } from '../aggregation/entitlement-lookup.ts';
import type { SourceAccount } from '../aggregation/normalise-account.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { releaseIdentityOf } from '../identities/release-identity.ts';
import { newId } from '../ids.ts';
import { accountSchemaOf, entitlementLinksOf } from '../sources/schema-rules.ts';
import { accountFrom, type AccountRules, type ReceivedAttributes } from './account-attributes.ts';
import { accountAfter, type AccountEdit, editedAccount } from './account-edits.ts';
import { correlateAgain, setIdentity } from './account-identity.ts';
import { type AccountStateChange, withState } from './account-state.ts';

/** A change of an account that a client requests; the parameters of its task. */
export type AccountChange =
  | { readonly kind: 'create'; readonly attributes: ReceivedAttributes }
  | (AccountEdit & { readonly accountId: string })
  | AccountStateChange
  | { readonly kind: 'reload'; readonly accountId: string }
  | { readonly kind: 'delete'; readonly accountId: string };

/** What a change has done, by the names of the counts of an account aggregation. */
export interface AccountOutcome {
  readonly source: Source;
  readonly accountId: string;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** The entitlements that were created because the account names them. */
  readonly managedAttributesCreated: number;
  /** The entitlements that only this account referred to. */
  readonly groupsDeleted: number;
}

/** A change in progress. */
interface Work {
  readonly transaction: Transaction;
  readonly source: Source;
  readonly schemas: readonly SourceSchema[];
  readonly context: ChangeContext;
  readonly now: number;
}

type Counts = Pick<AccountOutcome, 'created' | 'updated' | 'deleted' | 'managedAttributesCreated'>;

const noCounts: Counts = { created: 0, updated: 0, deleted: 0, managedAttributesCreated: 0 };

/**
 * Changes an account of a source as an aggregation would: entitlements that it names are created, entitlements that only
 * it referred to are deleted, and its identity is determined again. The account keeps the fingerprint of its rows, so
 * that the next aggregation with the same rows does not touch it. Creating an account with the key of an existing one
 * changes that one.
 * @throws 404 if the source or the account does not exist (any more); 400 as `accountAfter`, and for an identity that
 * does not exist
 */
export async function applyAccountChange(
  transaction: Transaction,
  sourceId: string,
  change: AccountChange,
  context: ChangeContext,
  now: number,
): Promise<AccountOutcome> {
  const source = await findSource(transaction, sourceId);
  if (source === undefined) {
    throw notFound('source', sourceId);
  }
  const schemas = await findSchemas(transaction, sourceId);
  await lockCorrelation(transaction, source.authoritative ? 'identities' : 'accounts');
  const work = { transaction, source, schemas, context, now };
  if (change.kind === 'create') {
    const object = accountFrom(change.attributes, rulesOf(schemas));
    const known = await findAccountId(transaction, sourceId, object.nativeIdentity);
    return known === undefined
      ? createAccount(work, object)
      : changeAccount(work, { kind: 'merge', accountId: known, attributes: change.attributes });
  }
  return changeAccount(work, change);
}

/** Returns the rules for the accounts of a source. Throws a 400 if it has no account schema. */
export function rulesOf(schemas: readonly SourceSchema[]): AccountRules {
  const schema = accountSchemaOf(schemas);
  if (schema === undefined) {
    throw illegalValue('The source has no account schema. Create a schema with the name "account" first.');
  }
  return { schema, links: entitlementLinksOf(schemas) };
}

async function createAccount(work: Work, object: SourceAccount): Promise<AccountOutcome> {
  const { transaction, source, context, now } = work;
  const entitlements = await new EntitlementLookup(source.id, context).resolve(transaction, [object], now);
  const {
    ids: [accountId = ''],
  } = await createAccounts(
    transaction,
    source.id,
    [{ id: newId(), truth: object, entitlementIds: entitlements.idsOf(object), origin: 'PROVISIONED' }],
    context,
    now,
  );
  await findPeople(transaction, source, [appliedAccount(source.id, accountId, object, true)], context, now);
  const managedAttributesCreated = entitlements.created;
  return { source, accountId, ...noCounts, created: 1, managedAttributesCreated, groupsDeleted: 0 };
}

async function changeAccount(work: Work, change: Exclude<AccountChange, { kind: 'create' }>): Promise<AccountOutcome> {
  const { transaction, source } = work;
  const { accountId } = change;
  const row = (await lockAccounts(transaction, [accountId])).get(accountId);
  if (row === undefined || row.source_id !== source.id) {
    throw notFound('account', accountId);
  }
  const held = (await holdingsOf(transaction, [accountId])).get(accountId) ?? [];
  const counts = await changeLocked(work, row, held, change);
  const orphaned = await orphanedAmong(
    transaction,
    held.map(({ entitlementId }) => entitlementId),
  );
  const groupsDeleted = await deleteEntitlements(transaction, orphaned, work.context, work.now);
  return { source, accountId, ...counts, groupsDeleted };
}

async function changeLocked(
  work: Work,
  row: AccountTable,
  held: readonly Holding[],
  change: Exclude<AccountChange, { kind: 'create' }>,
): Promise<Counts> {
  const { transaction, source, context, now } = work;
  if (change.kind === 'delete') {
    await releaseIdentityOf(transaction, source, [row.id], context, now);
    return { ...noCounts, deleted: await deleteAccounts(transaction, [row.id], context, now) };
  }
  if (change.kind === 'reload') {
    await correlateAgain(transaction, source, row, context, now);
    return { ...noCounts, updated: await changedSince(transaction, row) };
  }
  if (change.kind === 'state') {
    const entitlementIds = held.map(({ entitlementId }) => entitlementId);
    const write = { id: row.id, truth: withState(truthOf(row, held), change), entitlementIds };
    await updateAccounts(transaction, [write], context, now);
    await correlateAgain(transaction, source, await currentOf(transaction, row), context, now);
    return { ...noCounts, updated: await changedSince(transaction, row) };
  }
  const after = accountAfter(editedAccount(row), change, rulesOf(work.schemas));
  const isMoved = after.identityId !== row.identity_id;
  if (isMoved || after.isManuallyCorrelated !== (row.is_manually_correlated === 1)) {
    await setIdentity(transaction, source, row, after, context, now);
  }
  let managedAttributesCreated = 0;
  if (after.object !== undefined) {
    managedAttributesCreated = await writeAccount(work, row, after.object);
  }
  // An identity that was set without counting as manual is kept until the account changes.
  if (after.object !== undefined || !isMoved || source.authoritative) {
    await correlateAgain(transaction, source, await currentOf(transaction, row), context, now);
  }
  return { ...noCounts, updated: await changedSince(transaction, row), managedAttributesCreated };
}

/** Writes the data of an account. Returns how many entitlements were created for it. */
async function writeAccount(work: Work, row: AccountTable, object: SourceAccount): Promise<number> {
  const { transaction, source, context, now } = work;
  const entitlements = await new EntitlementLookup(source.id, context).resolve(transaction, [object], now);
  const truth = { ...object, fingerprint: row.fingerprint };
  await updateAccounts(transaction, [{ id: row.id, truth, entitlementIds: entitlements.idsOf(object) }], context, now);
  return entitlements.created;
}

async function changedSince(transaction: Transaction, row: AccountTable): Promise<number> {
  return (await currentOf(transaction, row)).version === row.version ? 0 : 1;
}

async function currentOf(transaction: Transaction, row: AccountTable): Promise<AccountTable> {
  return (await lockAccounts(transaction, [row.id])).get(row.id) ?? row;
}
