import { noLongerRecorded, notFoundAt } from '../../errors.ts';
import { changesKeptSince } from '../../storage/changes/change-retention.ts';
import { type ObjectState, statesAt } from '../../storage/changes/object-states.ts';
import type { Database } from '../../storage/database.ts';
import { type AccessItem, type AccessType, type AccountInState, itemMaker, keysHeld, keyText } from './access-items.ts';
import { accountsOfHistory, getRecordedIdentity, type RecordedIdentity } from './historical-identities.ts';
import { attributesOf, timelineOf } from './identity-timeline.ts';

/** An identity at one time. Times are UTC milliseconds. */
export interface IdentitySnapshot {
  readonly id: string;
  readonly name: string;
  /** The time of the last change before. */
  readonly snapshot: number;
  /** Undefined if the identity exists. */
  readonly deleted: number | undefined;
  readonly counts: Readonly<Record<AccessType, number>>;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Returns the last snapshot of an identity; of a deleted one that before its deletion. Throws 404. */
export async function lastSnapshot(database: Database, id: string): Promise<IdentitySnapshot> {
  const identity = await getRecordedIdentity(database, id);
  const { deletion } = identity;
  return snapshotAt(database, identity, deletion === undefined ? Date.now() : deletion.deleted - 1, deletion?.state);
}

/**
 * Returns an identity at a time.
 * @param time UTC milliseconds
 * @throws 404 if it did not exist at that time, or if changes since then are no longer recorded
 */
export async function identitySnapshot(database: Database, id: string, time: number): Promise<IdentitySnapshot> {
  return snapshotAt(database, await getRecordedIdentity(database, id), time, undefined);
}

/** Returns what an identity has access to now; a deleted one, what it had when it was deleted. Throws 404. */
export async function currentAccess(database: Database, id: string): Promise<AccessItem[]> {
  const identity = await getRecordedIdentity(database, id);
  const { deletion } = identity;
  return itemsOf(
    database,
    await accountsAt(database, identity, deletion === undefined ? Date.now() : deletion.deleted - 1),
    deletion === undefined ? undefined : deletion.deleted - 1,
  );
}

/**
 * Returns what an identity had access to at a time.
 * @throws as `identitySnapshot`
 */
export async function accessAt(database: Database, id: string, time: number): Promise<AccessItem[]> {
  const identity = await getRecordedIdentity(database, id);
  await stateAt(database, identity, time);
  return itemsOf(database, await accountsAt(database, identity, time), time);
}

/** The access that an identity gained and lost between two times. */
export interface AccessDifference {
  readonly added: readonly AccessItem[];
  readonly removed: readonly AccessItem[];
}

/**
 * Compares what an identity had access to at two times; before its creation and after its deletion that is nothing.
 * @throws 404 for an unknown identity, or if changes since one of the times are no longer recorded
 */
export async function compareAccess(
  database: Database,
  id: string,
  first: number,
  second: number,
): Promise<AccessDifference> {
  const identity = await getRecordedIdentity(database, id);
  const [before, after] = await Promise.all(
    [first, second].map(async (time) => itemsOf(database, await accountsAt(database, identity, time), time)),
  );
  await refuseForgotten(database, Math.min(first, second));
  const [old, now] = [byKey(before ?? []), byKey(after ?? [])];
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, item]) => item),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, item]) => item),
  };
}

function byKey(items: readonly AccessItem[]): Map<string, AccessItem> {
  return new Map(items.map((item) => [item.accessType === 'account' ? item.id : keyText(item), item]));
}

async function snapshotAt(
  database: Database,
  identity: RecordedIdentity,
  time: number,
  known: ObjectState | undefined,
): Promise<IdentitySnapshot> {
  const state = known ?? (await stateAt(database, identity, time));
  const accounts = await accountsAt(database, identity, time);
  const entitlements = new Set(accounts.flatMap((account) => keysHeld(account.state)).map(keyText));
  return {
    id: identity.id,
    name: String(state['name']),
    snapshot: (await lastChangeUntil(database, identity, time)) ?? time,
    deleted: identity.deletion?.deleted,
    counts: { account: accounts.length, entitlement: entitlements.size, app: 0, accessProfile: 0, role: 0 },
    attributes: attributesOf(state),
  };
}

async function stateAt(database: Database, { id }: RecordedIdentity, time: number): Promise<ObjectState> {
  const state = (await statesAt(database.scan, 'IDENTITY', [id], time)).get(id);
  // Read last, so that a concurrent removal of changes is noticed.
  await refuseForgotten(database, time);
  if (state === undefined) {
    throw notFoundAt('identity', id, new Date(time).toISOString());
  }
  return state;
}

async function refuseForgotten({ keyed }: Database, time: number): Promise<void> {
  const keptSince = await changesKeptSince(keyed);
  if (keptSince !== undefined && time < Date.parse(keptSince)) {
    throw noLongerRecorded(new Date(time).toISOString(), keptSince);
  }
}

/** Returns the accounts that an identity had at a time. */
async function accountsAt(database: Database, identity: RecordedIdentity, time: number): Promise<AccountInState[]> {
  const states = await statesAt(database.scan, 'ACCOUNT', await accountsOfHistory(database, identity), time);
  return [...states].filter(([, state]) => state['identityId'] === identity.id).map(([id, state]) => ({ id, state }));
}

async function itemsOf(
  { scan }: Database,
  accounts: readonly AccountInState[],
  time: number | undefined,
): Promise<AccessItem[]> {
  const keys = new Map(accounts.flatMap(({ state }) => keysHeld(state)).map((key) => [keyText(key), key]));
  const items = await itemMaker(scan, accounts, [...keys.values()], time);
  return [...accounts.map(items.account), ...[...keys.values()].map(items.entitlement)];
}

async function lastChangeUntil(
  database: Database,
  identity: RecordedIdentity,
  time: number,
): Promise<number | undefined> {
  for await (const entry of timelineOf(database, identity)) {
    if (entry.time <= time) {
      return entry.time;
    }
  }
  return undefined;
}
