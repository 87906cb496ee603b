import type { Session } from '../database.ts';
import type { ChangedObject, ChangeKind } from './changes.ts';
import { packId, unpackId } from './packed-id.ts';
import { recordedObjects } from './recorded-objects.ts';

/** The states of objects in the past: their current states with later changes undone. */

/** The state of an object in the form of the change record. */
export type ObjectState = Readonly<Record<string, unknown>>;

/** One change of an object, as needed to undo it. */
export interface UndoableChange {
  readonly number: number;
  /** UTC milliseconds. */
  readonly time: number;
  readonly objectType: ChangedObject;
  readonly objectId: string;
  readonly kind: ChangeKind;
  /** All fields of a deletion, the changed fields of an update, nothing otherwise. */
  readonly before: ObjectState;
}

/** The place of a change in the record. */
interface ChangePlace {
  readonly objectId: string;
  readonly number: number;
  /** UTC milliseconds. */
  readonly time: number;
}

/** The number of objects per query, and of changes with their content. */
const idsPerQuery = 500;
export const changesPerQuery = 500;

/** Returns the current states of those of the objects that exist, by id. The type must have a complete record. */
export async function currentStates(
  session: Session,
  objectType: ChangedObject,
  ids: readonly string[],
): Promise<Map<string, ObjectState>> {
  const recorded = recordedObjects.find((objects) => objects.objectType === objectType);
  if (recorded === undefined) {
    throw new Error(`The record of ${objectType} is not complete.`);
  }
  const states = new Map<string, ObjectState>();
  for (const piece of piecesOf(ids, idsPerQuery)) {
    for (const [id, { state }] of await recorded.read(session, piece)) {
      states.set(id, state);
    }
  }
  return states;
}

/**
 * Returns the states at a time of those of the objects that existed then, by id. They are exact if the change record is
 * complete since that time.
 * @param time UTC milliseconds
 */
export async function statesAt(
  session: Session,
  objectType: ChangedObject,
  ids: readonly string[],
  time: number,
): Promise<Map<string, ObjectState>> {
  // Read first: a concurrent change is then undone without having been seen, which has no effect.
  const current = await currentStates(session, objectType, ids);
  const past = new Map(ids.map((id) => [id, new PastState(current.get(id))]));
  const later = laterThan(time, await changePlacesOf(session, ids));
  for (const numbers of piecesOf(later, changesPerQuery)) {
    for (const change of await changesWithNumbers(session, numbers)) {
      past.get(change.objectId)?.undo(change);
    }
  }
  const states = new Map<string, ObjectState>();
  for (const [id, { state }] of past) {
    if (state !== undefined) {
      states.set(id, state);
    }
  }
  return states;
}

/** Returns the places of all recorded changes of objects, in no particular order. */
export async function changePlacesOf({ query }: Session, ids: readonly string[]): Promise<ChangePlace[]> {
  const places: ChangePlace[] = [];
  for (const piece of piecesOf(ids, idsPerQuery)) {
    const rows = await query
      .selectFrom('change')
      .select(['object_id', 'number', 'time'])
      .where('object_id', 'in', piece.map(packId))
      .execute();
    for (const row of rows) {
      places.push({ objectId: unpackId(row.object_id), number: row.number, time: row.time });
    }
  }
  return places;
}

/** Returns the changes with these numbers, at most 500, in the order of the numbers. */
export async function changesWithNumbers({ query }: Session, numbers: readonly number[]): Promise<UndoableChange[]> {
  const rows = await query
    .selectFrom('change')
    .select(['number', 'time', 'object_type', 'object_id', 'kind', 'before'])
    .where('number', 'in', numbers)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    time: row.time,
    objectType: row.object_type as ChangedObject,
    objectId: unpackId(row.object_id),
    kind: row.kind as ChangeKind,
    before: JSON.parse(row.before ?? '{}') as ObjectState,
  }));
}

/**
 * Returns the sorted numbers of the changes of each object from its first change after a time on. They came later than
 * that one, even if the clock was set back.
 */
function laterThan(time: number, places: readonly ChangePlace[]): number[] {
  const first = new Map<string, number>();
  for (const place of places) {
    if (place.time > time) {
      first.set(place.objectId, Math.min(place.number, first.get(place.objectId) ?? Number.POSITIVE_INFINITY));
    }
  }
  return places
    .filter(({ objectId, number }) => number >= (first.get(objectId) ?? Number.POSITIVE_INFINITY))
    .map(({ number }) => number)
    .toSorted((a, b) => a - b);
}

/** Derives an earlier state of an object from its current one; later changes are undone in the order of their numbers. */
class PastState {
  #base: ObjectState | undefined;
  #before: ObjectState = {};
  #isComplete = false;
  #isFirst = true;

  constructor(current: ObjectState | undefined) {
    this.#base = current;
  }

  undo({ kind, before }: UndoableChange): void {
    if (this.#isComplete) {
      return;
    }
    if (this.#isFirst && (kind === 'created' || kind === 'restored')) {
      this.#base = undefined;
      this.#isComplete = true;
    } else if (kind === 'deleted') {
      this.#base = before;
      this.#isComplete = true;
    } else {
      this.#before = { ...before, ...this.#before };
    }
    this.#isFirst = false;
  }

  /** Undefined if the object did not exist. */
  get state(): ObjectState | undefined {
    return this.#base === undefined ? undefined : { ...this.#base, ...this.#before };
  }
}

/** Splits a list into pieces of a limited length. */
export function piecesOf<T>(list: readonly T[], length: number): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < list.length; start += length) {
    pieces.push(list.slice(start, start + length));
  }
  return pieces;
}
