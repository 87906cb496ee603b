import { type Change, difference, recordChanges } from '../../storage/changes/changes.ts';
import {
  accountsWithKeys,
  identitiesWantingManager,
  matchesOf,
  matchManagers,
} from '../../storage/identities/correlation.ts';
import { type CorrelatingSource, findCorrelatingSources } from '../../storage/sources/correlation-config.ts';
import type { Transaction } from '../../storage/database.ts';
import {
  attributesToFind,
  findAttributes,
  nativeIdentityOf,
  type Pair,
  replaceAttributes,
} from '../../storage/identities/identity-attributes.ts';
import { setManagers, updateIdentities } from '../../storage/identities/identity-changes.ts';
import { identityState } from '../../storage/identities/identity-record.ts';
import { fold } from '../../storage/query/fold.ts';
import type { IdentityTable } from '../../storage/tables.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { correlationBatch, recorrelate } from './correlate.ts';
import { managerPropertyOf } from './wanted-manager.ts';

/** The old and the new state of one identity. */
export interface IdentityEdit {
  /** Undefined for a new one. */
  readonly before: IdentityTable | undefined;
  /** Undefined for a deleted one; the caller removes its row. */
  readonly after: IdentityTable | undefined;
  /** The native identity of its winning authoritative account. */
  readonly nativeIdentity: string | null;
}

/**
 * Writes and records the identities of at most 1,000 accounts, and then the accounts and manager references that match a
 * different identity now. Only values whose match (none, one, several) has changed are looked up, so a value that many
 * identities share costs nothing.
 * @returns the number of existing identities that have changed
 */
export async function saveIdentities(
  transaction: Transaction,
  edits: readonly IdentityEdit[],
  context: ChangeContext,
  now: number,
): Promise<number> {
  const changes: Change[] = [];
  const updated: IdentityTable[] = [];
  const created: IdentityTable[] = [];
  const wishing: string[] = [];
  const attributes = new Map<string, Map<string, string>>();
  const known = await findAttributes(
    transaction,
    edits.flatMap(({ before }) => (before === undefined ? [] : [before.id])),
  );
  const stale: string[] = [];
  const pairs = new PairSet(await findCorrelatingSources(transaction));
  for (const { before, after, nativeIdentity } of edits) {
    const id = (after ?? before)?.id ?? '';
    const found = after === undefined ? new Map<string, string>() : attributesToFind(after, nativeIdentity);
    const former = known.get(id) ?? new Map<string, string>();
    if (pairs.addDifference(former, found) > 0) {
      attributes.set(id, found);
      stale.push(...(before === undefined ? [] : [id]));
    }
    if (after === undefined) {
      continue;
    }
    if (before === undefined) {
      created.push(after);
      changes.push({
        objectType: 'IDENTITY',
        objectId: id,
        kind: 'created',
        before: null,
        after: identityState(after),
      });
    } else {
      const changed = difference(identityState(before), identityState(after));
      if (changed === undefined) {
        continue;
      }
      updated.push({ ...after, modified: now, last_refresh: now, version: before.version + 1 });
      changes.push({ objectType: 'IDENTITY', objectId: id, kind: 'updated', ...changed });
    }
    if (
      before?.manager_property !== after.manager_property ||
      before.manager_value_folded !== after.manager_value_folded
    ) {
      wishing.push(id);
    }
  }
  const watched = pairs.list();
  const matchesBefore = await matchesOf(transaction, watched);
  await transaction.insertRows('identity', created);
  await updateIdentities(transaction, updated);
  await replaceAttributes(transaction, attributes, stale);
  await recordChanges(transaction, context, now, changes);
  const matchesAfter = await matchesOf(transaction, watched);
  const moved = watched.filter((_, index) => matchesBefore[index] !== matchesAfter[index]);
  if (moved.length > 0) {
    await recorrelate(transaction, await accountsWithKeys(transaction, moved), context, now);
    wishing.push(...(await identitiesWantingManager(transaction, pairs.asWishes(moved))));
  }
  await findManagers(transaction, wishing, context, now);
  return updated.length;
}

/** Resolves the manager references of identities again. */
export async function findManagers(
  transaction: Transaction,
  identityIds: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  const ids = [...new Set(identityIds)].toSorted();
  for (let start = 0; start < ids.length; start += correlationBatch) {
    const found = await matchManagers(transaction, ids.slice(start, start + correlationBatch));
    const changed = found.filter(({ managerId, match }) => managerId !== match);
    await setManagers(transaction, changed, now);
    await recordChanges(
      transaction,
      context,
      now,
      changed.map(({ id, managerId, match }) => ({
        objectType: 'IDENTITY',
        objectId: id,
        kind: 'updated',
        before: { managerId },
        after: { managerId: match },
      })),
    );
  }
}

/** Returns the values that identities lose or gain, if any source correlates by them. */
class PairSet {
  readonly #pairs = new Map<string, Pair>();
  readonly #properties: ReadonlySet<string>;
  readonly #authoritative: readonly string[];

  constructor(sources: readonly CorrelatingSource[]) {
    this.#authoritative = sources.filter(({ authoritative }) => authoritative).map(({ id }) => id);
    this.#properties = new Set([
      'alias',
      ...sources.flatMap(({ config }) => config?.attributeAssignments.map(({ property }) => fold(property)) ?? []),
      ...this.#authoritative.map(nativeIdentityOf),
      ...sources.filter(({ authoritative }) => authoritative).map(managerPropertyOf),
    ]);
  }

  /** Returns the values in which the two differ. */
  addDifference(former: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): number {
    let different = 0;
    for (const property of new Set([...former.keys(), ...found.keys()])) {
      const [before, after] = [former.get(property), found.get(property)];
      if (before === after) {
        continue;
      }
      different += 1;
      for (const value of [before, after]) {
        if (value !== undefined && this.#properties.has(property)) {
          this.#pairs.set(JSON.stringify([property, value]), { property, value });
        }
      }
    }
    return different;
  }

  list(): Pair[] {
    return [...this.#pairs.values()];
  }

  /** Returns the manager references that match these pairs; references by native identity match aliases, too. */
  asWishes(pairs: readonly Pair[]): Pair[] {
    return pairs.flatMap((pair) => [
      pair,
      ...(pair.property === 'alias'
        ? this.#authoritative.map((id) => ({ property: nativeIdentityOf(id), value: pair.value }))
        : []),
    ]);
  }
}
