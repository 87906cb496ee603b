import type { ObjectState } from '../../storage/changes/object-states.ts';
import { statesAt } from '../../storage/changes/object-states.ts';
import type { Session } from '../../storage/database.ts';
import {
  type EntitlementKey,
  findAccountAttributes,
  findEntitlementsByKey,
  findSourceNames,
} from '../../storage/identities/access-names.ts';

/** The kinds of access of the contract. Of these Muniment has accounts and entitlements. */
export const accessTypes = ['account', 'entitlement', 'app', 'accessProfile', 'role'] as const;
export type AccessType = (typeof accessTypes)[number];

/** An account of an identity (contract B.13). */
export interface AccountItem {
  readonly accessType: 'account';
  readonly id: string;
  readonly displayName: string;
  readonly sourceId: string;
  /** Undefined if the source was deleted and its deletion is no longer recorded. */
  readonly sourceName: string | undefined;
  readonly nativeIdentity: string;
  readonly entitlementCount: number;
}

/** An entitlement that an account of an identity holds (contract B.13). */
export interface EntitlementItem {
  readonly accessType: 'entitlement';
  /**
   * Undefined if its source was deleted or reset, with which entitlements are forgotten. If it was loaded again after a
   * reset, this is the new id, and name, description and privilege are the current ones also at a time before the reset.
   */
  readonly id: string | undefined;
  readonly displayName: string;
  readonly sourceId: string;
  readonly sourceName: string | undefined;
  /** The account attribute that holds it; null if none does any more. */
  readonly attribute: string | null;
  readonly value: string;
  readonly type: string;
  readonly description: string | null;
  readonly privileged: boolean;
}

export type AccessItem = AccountItem | EntitlementItem;

/** An account with its state in the form of the change record. */
export interface AccountInState {
  readonly id: string;
  readonly state: ObjectState;
}

/** Returns the access items of accounts and entitlement keys. */
export interface ItemMaker {
  readonly account: (account: AccountInState) => AccountItem;
  readonly entitlement: (key: EntitlementKey) => EntitlementItem;
}

/** Returns the keys of the entitlements that an account holds in a state. */
export function keysHeld(state: ObjectState): EntitlementKey[] {
  const sourceId = String(state['sourceId']);
  const held = (state['entitlements'] ?? {}) as Readonly<Record<string, readonly string[]>>;
  return Object.entries(held).flatMap(([type, values]) => values.map((value) => ({ sourceId, type, value })));
}

/** Returns the key as a text, for maps. */
export function keyText({ sourceId, type, value }: EntitlementKey): string {
  return JSON.stringify([sourceId, type, value]);
}

/**
 * Reads what is needed to show accounts and entitlements: the names of their sources, and the entitlements, in their
 * last states or in those at a time.
 * @param at UTC milliseconds; undefined: the last states
 */
export async function itemMaker(
  session: Session,
  accounts: readonly AccountInState[],
  keys: readonly EntitlementKey[],
  at: number | undefined,
): Promise<ItemMaker> {
  const sourceIds = [
    ...new Set([...accounts.map(({ state }) => String(state['sourceId'])), ...keys.map(({ sourceId }) => sourceId)]),
  ];
  const [names, attributes, entitlements] = await Promise.all([
    findSourceNames(session, sourceIds),
    findAccountAttributes(session, sourceIds),
    entitlementsOf(session, keys, at),
  ]);
  return {
    account: ({ id, state }) => ({
      accessType: 'account',
      id,
      displayName: String(state['name'] ?? state['nativeIdentity']),
      sourceId: String(state['sourceId']),
      sourceName: names.get(String(state['sourceId'])),
      nativeIdentity: String(state['nativeIdentity']),
      entitlementCount: keysHeld(state).length,
    }),
    entitlement: (key) => {
      const { id, state = {} } = entitlements.get(keyText(key)) ?? {};
      return {
        accessType: 'entitlement',
        id,
        displayName: String((state['isNameManual'] === true ? state['manualName'] : state['displayName']) ?? key.value),
        ...key,
        sourceName: names.get(key.sourceId),
        attribute: attributes.get(key.sourceId)?.get(key.type) ?? null,
        description: textOrNull(state[state['isDescriptionManual'] === true ? 'manualDescription' : 'description']),
        privileged: (state['privilegeOverride'] ?? state['privilege']) === 'HIGH',
      };
    },
  };
}

async function entitlementsOf(
  session: Session,
  keys: readonly EntitlementKey[],
  at: number | undefined,
): Promise<Map<string, { id: string; state: ObjectState }>> {
  const found = new Map<string, { id: string; state: ObjectState }>();
  const groups = Map.groupBy(keys, ({ sourceId, type }) => JSON.stringify([sourceId, type]));
  for (const group of groups.values()) {
    const [first] = group;
    if (first !== undefined) {
      const values = [...new Set(group.map(({ value }) => value))];
      for (const entitlement of await findEntitlementsByKey(session, first.sourceId, first.type, values)) {
        found.set(keyText(entitlement), entitlement);
      }
    }
  }
  if (at !== undefined) {
    const ids = [...found.values()].map(({ id }) => id);
    const past = await statesAt(session, 'ENTITLEMENT', ids, at);
    for (const [key, { id, state }] of found) {
      found.set(key, { id, state: past.get(id) ?? state });
    }
  }
  return found;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
