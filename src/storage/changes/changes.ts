import type { Transaction } from '../database.ts';
import { recordTables } from '../resources/record-tables.ts';
import { digestOf } from './content-digest.ts';
import { originNumber } from './change-origins.ts';
import { packId } from './packed-id.ts';

export const changeKinds = ['created', 'updated', 'deleted', 'restored'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changedObjects = [
  'ENTITLEMENT',
  'ACCOUNT',
  'SOURCE',
  'CONNECTOR_SCHEMA',
  'IDENTITY',
  'CONNECTION',
  'CLIENT',
  'SIGNING_KEY',
  'METADATA_ATTRIBUTE',
  'TAG',
  ...recordTables.map(({ objectType }) => objectType),
  'GOVERNANCE_GROUP_MEMBERSHIP',
] as const;
export type ChangedObject = (typeof changedObjects)[number];

/** The types of objects that are cached. Changes of other objects are not published. */
const cachedObjects: readonly ChangedObject[] = ['CLIENT', 'IDENTITY'];

/** The actor, client, task and request that cause a change. */
export interface ChangeOrigin {
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly taskId: string | null;
  readonly trackingId: string | null;
}

/** One change of one object: the changed fields, before and after it. */
export interface Change {
  readonly objectType: ChangedObject;
  readonly objectId: string;
  readonly kind: ChangeKind;
  /** Null if the object was created. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** Null if the object was deleted. */
  readonly after: Readonly<Record<string, unknown>> | null;
}

/**
 * Appends changes to the change record, in the transaction that makes them, and notes which cached objects to discard
 * once it is committed. Recorded changes are never updated.
 * For the creation of an entitlement or account only a digest is stored: its content is derived from the object and its
 * later changes (`creations.ts`).
 */
export async function recordChanges(
  transaction: Transaction,
  origin: ChangeOrigin,
  time: number,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) {
    return;
  }
  const { taskId } = origin;
  const shared = taskId === null ? null : await originNumber(transaction, { ...origin, taskId });
  const isShared = shared !== null;
  for (const { objectType, objectId, kind } of changes) {
    // A new object is in no cache.
    if (kind !== 'created' && cachedObjects.includes(objectType)) {
      transaction.changed.push({ objectType, objectId });
    }
  }
  await transaction.insertRows(
    'change',
    changes.map((change) => ({
      time,
      object_type: change.objectType,
      object_id: packId(change.objectId),
      kind: change.kind,
      origin: shared,
      actor_id: isShared ? null : origin.actorId,
      client_id: isShared ? null : origin.clientId,
      tracking_id: isShared ? null : origin.trackingId,
      before: change.before === null ? null : JSON.stringify(change.before),
      after: change.after === null ? null : storedAfter(change, JSON.stringify(change.after)),
    })),
  );
}

function storedAfter({ objectType, kind }: Change, after: string): string {
  const isDerivable = kind === 'created' && (objectType === 'ENTITLEMENT' || objectType === 'ACCOUNT');
  return isDerivable ? digestOf(after) : after;
}

/**
 * Returns the fields in which two states of an object differ, before and after; undefined if there are none.
 * Values are compared as JSON.
 */
export function difference<T extends object>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } | undefined {
  const names = (Object.keys(after) as (keyof T)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) {
    return undefined;
  }
  const pick = (state: T): Partial<T> => Object.fromEntries(names.map((name) => [name, state[name]])) as Partial<T>;
  return { before: pick(before), after: pick(after) };
}
