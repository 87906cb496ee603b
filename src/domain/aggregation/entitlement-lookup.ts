import { LRUCache } from 'lru-cache';
import type { Transaction } from '../../storage/database.ts';
import { createUnlistedEntitlements, entitlementIdsByValue } from '../../storage/entitlements/unlisted-entitlements.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { newId } from '../ids.ts';
import type { EntitlementKey, SourceAccount } from './normalise-account.ts';

/** How many entitlement ids of each type a run caches: about 10 MB. */
const remembered = 50_000;

/** The entitlements of some accounts. */
interface ResolvedEntitlements {
  /** The ids of the entitlements that an account holds. */
  idsOf(account: SourceAccount): string[];
  /** How many had to be created. */
  readonly created: number;
}

/** Finds the entitlements of one source that accounts refer to, and creates the missing ones. */
export class EntitlementLookup {
  readonly #sourceId: string;
  readonly #context: ChangeContext;
  /** Only committed entitlements: those that a transaction creates do not exist if it fails. */
  readonly #known = new IdsByKey(() => new LRUCache({ max: remembered }));

  constructor(sourceId: string, context: ChangeContext) {
    this.#sourceId = sourceId;
    this.#context = context;
  }

  async resolve(
    transaction: Transaction,
    accounts: readonly SourceAccount[],
    now: number,
  ): Promise<ResolvedEntitlements> {
    const ids = new IdsByKey(() => new Map());
    const unknown = new Map<string, Set<string>>();
    for (const key of accounts.flatMap(({ entitlements }) => entitlements)) {
      const known = ids.get(key) ?? this.#known.get(key);
      if (known === undefined) {
        unknown.set(key.type, (unknown.get(key.type) ?? new Set()).add(key.value));
      } else {
        ids.set(key, known);
      }
    }
    let created = 0;
    for (const [type, values] of unknown) {
      created += await this.#find(transaction, type, [...values], ids, now);
    }
    return {
      idsOf: ({ entitlements }) => entitlements.map((key) => ids.get(key) ?? ''),
      created,
    };
  }

  /** Adds the ids of these entitlements to `ids`. Returns how many had to be created. */
  async #find(
    transaction: Transaction,
    type: string,
    values: readonly string[],
    ids: IdsByKey,
    now: number,
  ): Promise<number> {
    const scope = { sourceId: this.#sourceId, type };
    const found = await entitlementIdsByValue(transaction, scope, values);
    for (const [value, id] of found) {
      ids.set({ type, value }, id);
      this.#known.set({ type, value }, id);
    }
    const news = values.filter((value) => !found.has(value)).map((value) => ({ value, id: newId() }));
    const created = await createUnlistedEntitlements(transaction, scope, news, this.#context, now);
    for (const [value, id] of created) {
      ids.set({ type, value }, id);
    }
    return news.length;
  }
}

/** The ids of entitlements of one type by their values. */
interface IdsByValue {
  get(value: string): string | undefined;
  set(value: string, id: string): unknown;
}

/** Ids of entitlements. There are few types, so one map per type is cheaper than concatenating type and value. */
class IdsByKey {
  readonly #newMap: () => IdsByValue;
  readonly #byType = new Map<string, IdsByValue>();

  /** @param newMap creates the map of one type */
  constructor(newMap: () => IdsByValue) {
    this.#newMap = newMap;
  }

  get({ type, value }: EntitlementKey): string | undefined {
    return this.#byType.get(type)?.get(value);
  }

  set({ type, value }: EntitlementKey, id: string): void {
    const ids = this.#byType.get(type) ?? this.#newMap();
    this.#byType.set(type, ids);
    ids.set(value, id);
  }
}
