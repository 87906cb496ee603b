import { lockCorrelation } from '../../storage/identities/correlation.ts';
import { findIdentityMapping } from '../../storage/sources/correlation-config.ts';
import type { Transaction } from '../../storage/database.ts';
import { compareBinary, fold } from '../../storage/query/fold.ts';
import {
  findLinks,
  type HeldIdentity,
  lockIdentities,
  lockIdentitiesByAlias,
} from '../../storage/identities/identity-changes.ts';
import { type IdentityTruth, newIdentity, withAccount } from '../../storage/identities/identity-record.ts';
import type { IdentityTable } from '../../storage/tables.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import type { AppliedAccount } from './applied-account.ts';
import { linkAccounts } from './correlate.ts';
import { effectiveMapping, identityTruth } from './identity-mapping.ts';
import type { ManagerSource } from './wanted-manager.ts';
import { type IdentityEdit, saveIdentities } from './save-identities.ts';

/** An identity that a batch changes. */
interface Held {
  readonly before: IdentityTable | undefined;
  after: IdentityTable;
  nativeIdentity: string | null;
}

/**
 * Creates and updates the identities of an authoritative source's accounts. An account keeps its identity; an account
 * without one is linked to the identity with its alias (ignoring case), or creates one. If an identity has several
 * authoritative accounts, the one from the oldest source wins, and within a source the one with the lowest native
 * identity, so that the order of loads does not matter.
 * @param accounts at most 1,000
 */
export async function applyAuthoritative(
  transaction: Transaction,
  source: ManagerSource,
  accounts: readonly AppliedAccount[],
  context: ChangeContext,
  now: number,
): Promise<{ identitiesCreated: number; identitiesUpdated: number }> {
  if (accounts.length === 0) {
    return { identitiesCreated: 0, identitiesUpdated: 0 };
  }
  await lockCorrelation(transaction, 'identities');
  const mapping = effectiveMapping(await findIdentityMapping(transaction, source.id));
  const truths = accounts
    .map((account) => ({ account, truth: identityTruth(source, account, mapping) }))
    .toSorted((a, b) => compareBinary(a.account.nativeIdentity, b.account.nativeIdentity));
  const links = await findLinks(
    transaction,
    accounts.map(({ id }) => id),
  );
  const batch = new IdentityBatch();
  batch.add(
    await lockIdentities(
      transaction,
      [...links.values()].filter((id) => id !== null),
    ),
  );
  batch.add(
    await lockIdentitiesByAlias(
      transaction,
      truths.filter(({ account }) => (links.get(account.id) ?? null) === null).map(({ truth }) => truth.alias),
    ),
  );
  // Accounts with an identity come first: an alias that one of them gives up is available to the others.
  const unlinked: typeof truths = [];
  for (const { account, truth } of truths) {
    const identity = batch.byId(links.get(account.id) ?? null);
    if (identity === undefined) {
      unlinked.push({ account, truth });
    } else {
      batch.apply(identity, truth, account.nativeIdentity);
    }
  }
  batch.indexAliases();
  const linked = unlinked.map(({ account, truth }) => {
    const identity = batch.byAlias(truth.alias) ?? batch.create(truth, now);
    batch.apply(identity, truth, account.nativeIdentity);
    return { id: account.id, before: links.get(account.id) ?? null, after: identity.after.id };
  });
  const edits = batch.edits();
  const identitiesUpdated = await saveIdentities(transaction, edits, context, now);
  await linkAccounts(transaction, linked, context, now);
  return { identitiesCreated: edits.filter(({ before }) => before === undefined).length, identitiesUpdated };
}

/** The identities of a batch, by id and alias. */
class IdentityBatch {
  readonly #identities = new Map<string, Held>();
  /** By alias; if several have the same alias, the one with the lowest id. */
  readonly #aliases = new Map<string, Held>();

  add(found: readonly HeldIdentity[]): void {
    for (const { row, nativeIdentity } of found) {
      if (!this.#identities.has(row.id)) {
        this.#identities.set(row.id, { before: row, after: row, nativeIdentity });
      }
    }
  }

  byId(id: string | null): Held | undefined {
    return id === null ? undefined : this.#identities.get(id);
  }

  indexAliases(): void {
    const highestFirst = [...this.#identities.values()].toSorted((a, b) => compareBinary(b.after.id, a.after.id));
    for (const held of highestFirst) {
      this.#aliases.set(held.after.alias_folded, held);
    }
  }

  byAlias(alias: string): Held | undefined {
    return this.#aliases.get(fold(alias));
  }

  create({ alias, name }: IdentityTruth, now: number): Held {
    const row = newIdentity({
      id: newId(),
      alias,
      name,
      email: null,
      attributes: {},
      capabilities: [],
      created: now,
      modified: now,
      version: 1,
    });
    const held: Held = { before: undefined, after: row, nativeIdentity: null };
    this.#identities.set(row.id, held);
    this.#aliases.set(row.alias_folded, held);
    return held;
  }

  /** Updates an identity from an account, unless another account takes precedence. */
  apply(held: Held, truth: IdentityTruth, nativeIdentity: string): void {
    const { source_id: sourceId, account_id: accountId } = held.after;
    const precedes =
      sourceId === null ||
      accountId === null ||
      accountId === truth.accountId ||
      compareBinary(truth.sourceId, sourceId) < 0 ||
      (truth.sourceId === sourceId && compareBinary(nativeIdentity, held.nativeIdentity ?? '') < 0);
    if (precedes) {
      held.after = withAccount(held.after, truth);
      held.nativeIdentity = nativeIdentity;
    }
  }

  /** Returns the identities that the batch has changed. */
  edits(): IdentityEdit[] {
    return [...this.#identities.values()].filter(({ before, after }) => before !== after);
  }
}
