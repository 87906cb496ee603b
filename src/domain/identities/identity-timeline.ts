import {
  changePlacesOf,
  changesPerQuery,
  changesWithNumbers,
  currentStates,
  type ObjectState,
  piecesOf,
  type UndoableChange,
} from '../../storage/changes/object-states.ts';
import type { Database } from '../../storage/database.ts';
import type { EntitlementKey } from '../../storage/identities/access-names.ts';
import { type AccountInState, keysHeld, keyText } from './access-items.ts';
import { accountsOfHistory, type RecordedIdentity } from './historical-identities.ts';

/** The status of an account (contract B.13). */
export type AccountStatus = 'enabled' | 'disabled' | 'locked';

/** A changed attribute of an identity; undefined for no value. */
export interface AttributeChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What happened to an identity. */
export type TimelineFact =
  | { readonly kind: 'account'; readonly isAdded: boolean; readonly account: AccountInState }
  | { readonly kind: 'entitlement'; readonly isAdded: boolean; readonly entitlement: EntitlementKey }
  | { readonly kind: 'attributes'; readonly changes: readonly AttributeChange[] }
  | {
      readonly kind: 'status';
      readonly account: AccountInState;
      readonly before: AccountStatus;
      readonly after: AccountStatus;
    }
  | { readonly kind: 'created' }
  | { readonly kind: 'deleted' };

/** The facts of one recorded change. */
export interface TimelineEntry {
  /** UTC milliseconds. */
  readonly time: number;
  readonly facts: readonly TimelineFact[];
}

/**
 * Yields what happened to an identity, newest first: the changes of the identity and of the accounts that it has or had.
 * Each is compared with the state before it, which is derived from the current state. Changes without facts are omitted.
 * An entitlement is lost when the last account that holds it is.
 */
export async function* timelineOf(database: Database, identity: RecordedIdentity): AsyncGenerator<TimelineEntry> {
  const { scan } = database;
  const accounts = await accountsOfHistory(database, identity);
  // Read first: a concurrent change is then undone without having been seen, which has no effect.
  const undo = new Undo(
    identity.id,
    await currentStates(scan, 'IDENTITY', [identity.id]),
    await currentStates(scan, 'ACCOUNT', accounts),
  );
  const numbers = (await changePlacesOf(scan, [identity.id, ...accounts]))
    .map(({ number }) => number)
    .toSorted((a, b) => b - a);
  for (const piece of piecesOf(numbers, changesPerQuery)) {
    for (const change of (await changesWithNumbers(scan, piece)).toReversed()) {
      const facts = undo.change(change);
      if (facts.length > 0) {
        yield { time: change.time, facts };
      }
    }
  }
}

/** The states of an identity and its accounts, going back in time. */
class Undo {
  readonly #identityId: string;
  readonly #states: Map<string, ObjectState>;
  /** How many accounts of the identity hold each entitlement. */
  readonly #holders = new Map<string, number>();

  constructor(
    identityId: string,
    identities: ReadonlyMap<string, ObjectState>,
    accounts: ReadonlyMap<string, ObjectState>,
  ) {
    this.#identityId = identityId;
    this.#states = new Map([...identities, ...accounts]);
    for (const state of accounts.values()) {
      for (const key of this.#access(state)) {
        this.#count(keyText(key), 1);
      }
    }
  }

  /** Undoes a change and returns its facts. */
  change(change: UndoableChange): TimelineFact[] {
    const after = this.#states.get(change.objectId);
    const before = stateBefore(change, after);
    if (before === undefined) {
      this.#states.delete(change.objectId);
    } else {
      this.#states.set(change.objectId, before);
    }
    if (change.objectType === 'IDENTITY') {
      return identityFacts(before, after);
    }
    return change.objectType === 'ACCOUNT' ? this.#accountFacts(change.objectId, before, after) : [];
  }

  #accountFacts(id: string, before: ObjectState | undefined, after: ObjectState | undefined): TimelineFact[] {
    const wasHis = before?.['identityId'] === this.#identityId;
    const isHis = after?.['identityId'] === this.#identityId;
    const facts: TimelineFact[] = [];
    if (wasHis !== isHis) {
      const state = (isHis ? after : before) ?? {};
      facts.push({ kind: 'account', isAdded: isHis, account: { id, state } });
    } else if (isHis && after !== undefined && before !== undefined) {
      const [old, now] = [statusOf(before), statusOf(after)];
      if (old !== now) {
        facts.push({ kind: 'status', account: { id, state: after }, before: old, after: now });
      }
    }
    return wasHis || isHis ? [...facts, ...this.#entitlementFacts(before, after)] : facts;
  }

  #entitlementFacts(before: ObjectState | undefined, after: ObjectState | undefined): TimelineFact[] {
    const former = new Map(this.#access(before).map((key) => [keyText(key), key]));
    const later = new Map(this.#access(after).map((key) => [keyText(key), key]));
    const facts: TimelineFact[] = [];
    for (const [text, entitlement] of later) {
      if (!former.has(text) && this.#count(text, -1) === 0) {
        facts.push({ kind: 'entitlement', isAdded: true, entitlement });
      }
    }
    for (const [text, entitlement] of former) {
      if (!later.has(text) && this.#count(text, 1) === 1) {
        facts.push({ kind: 'entitlement', isAdded: false, entitlement });
      }
    }
    return facts;
  }

  /** Returns the entitlements that the identity has through an account in a state. */
  #access(state: ObjectState | undefined): EntitlementKey[] {
    return state?.['identityId'] === this.#identityId ? keysHeld(state) : [];
  }

  /** Adds to the number of holders of an entitlement and returns it. */
  #count(key: string, difference: 1 | -1): number {
    const number = (this.#holders.get(key) ?? 0) + difference;
    this.#holders.set(key, number);
    return number;
  }
}

function stateBefore({ kind, before }: UndoableChange, after: ObjectState | undefined): ObjectState | undefined {
  switch (kind) {
    case 'created':
    case 'restored':
      return undefined;
    case 'deleted':
      return before;
    default:
      return after === undefined ? undefined : { ...after, ...before };
  }
}

function identityFacts(before: ObjectState | undefined, after: ObjectState | undefined): TimelineFact[] {
  if (before === undefined || after === undefined) {
    return before === after ? [] : [{ kind: before === undefined ? 'created' : 'deleted' }];
  }
  const [old, now] = [attributesOf(before), attributesOf(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  const changes = [...names]
    .map((name) => ({ name, before: textOf(old[name]), after: textOf(now[name]) }))
    .filter((change) => change.before !== change.after);
  return changes.length === 0 ? [] : [{ kind: 'attributes', changes }];
}

/** Returns the attributes of an identity in a state. */
export function attributesOf(state: ObjectState): Readonly<Record<string, unknown>> {
  return (state['attributes'] ?? {}) as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function statusOf(state: ObjectState): AccountStatus {
  return state['locked'] === true ? 'locked' : state['disabled'] === true ? 'disabled' : 'enabled';
}
