import { noLongerRecorded, notFound, notFoundAt } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import { changesKeptSince } from '../../storage/changes/change-retention.ts';
import type { Database } from '../../storage/database.ts';
import {
  changesFrom,
  type EntitlementFields,
  type EntitlementNames,
  findCurrentFields,
  findNames,
  firstChangeAfter,
  isEntitlementRecorded,
  timeOfChangeBefore,
} from '../../storage/entitlements/entitlement-states.ts';
import { findEntitlement } from '../../storage/entitlements/entitlements.ts';
import { type GroupNames, groupNamesOf } from './additional-owners.ts';
import { type ChangePage, listChanges } from '../changes/changes.ts';
import { attributesOf, type MetadataAttributes } from '../metadata/assignments.ts';

/** The current or an earlier state of an entitlement. */
export interface EntitlementState {
  readonly id: string;
  readonly fields: EntitlementFields;
  readonly names: EntitlementNames;
  /** The metadata attributes of the state, with their current names. */
  readonly attributes: MetadataAttributes;
  /** The current names of the governance groups that are its additional owners. */
  readonly groups: GroupNames;
  /** When the state was created, in UTC milliseconds; null if that is no longer recorded. */
  readonly modified: number | null;
  /** The version of the current state; undefined for an earlier one. */
  readonly version: number | undefined;
}

/**
 * Lists the changes of one entitlement, which may be deleted, newest first.
 * Throws 404 if there is no entitlement with that id and no change of one is recorded.
 */
export async function listEntitlementHistory(database: Database, id: string, list: ListQuery): Promise<ChangePage> {
  const history = await listChanges(database, {
    ...list,
    condition: {
      kind: 'and',
      conditions: [
        { kind: 'test', field: 'objectType', operator: 'eq', values: ['ENTITLEMENT'] },
        { kind: 'test', field: 'objectId', operator: 'eq', values: [id] },
      ],
    },
  });
  const isKnown =
    history.changes.length > 0 ||
    (await isEntitlementRecorded(database.keyed, id)) ||
    (await findEntitlement(database.keyed, id)) !== undefined;
  if (!isKnown) {
    throw notFound('entitlement', id);
  }
  return history;
}

/** Returns the current state of an entitlement. Throws 404 if there is none with that id. */
export async function getEntitlementState(database: Database, id: string): Promise<EntitlementState> {
  const current = await findCurrentFields(database.keyed, id);
  if (current === undefined) {
    throw notFound('entitlement', id);
  }
  return { id, ...current, ...(await relatedTo(database, current.fields)) };
}

/**
 * Returns the state of an entitlement at a time: the current state with all later changes undone.
 * @param time UTC milliseconds; a future time returns the current state
 * @throws 404 if it did not exist at that time, or if changes since then are no longer recorded
 */
export async function getEntitlementAt(database: Database, id: string, time: number): Promise<EntitlementState> {
  const past = await undoChangesAfter(database, id, time);
  // Read last, so that a concurrent removal of changes is noticed.
  const keptSince = await changesKeptSince(database.keyed);
  if (keptSince !== undefined && time < Date.parse(keptSince)) {
    throw noLongerRecorded(new Date(time).toISOString(), keptSince);
  }
  if (past === undefined || Date.parse(past.fields.created) > time) {
    throw notFoundAt('entitlement', id, new Date(time).toISOString());
  }
  return { id, ...past, ...(await relatedTo(database, past.fields)), version: undefined };
}

async function relatedTo(
  { keyed }: Database,
  fields: EntitlementFields,
): Promise<Pick<EntitlementState, 'names' | 'attributes' | 'groups'>> {
  const [names, attributes, groups] = await Promise.all([
    findNames(keyed, fields),
    attributesOf(keyed, [fields.accessModelMetadata]),
    groupNamesOf(keyed, [fields.additionalOwners]),
  ]);
  return { names, attributes, groups };
}

/** How many changes are read at once. */
const pageSize = 500;

async function undoChangesAfter(
  database: Database,
  id: string,
  time: number,
): Promise<{ fields: EntitlementFields; modified: number | null } | undefined> {
  // Read first: a concurrent change is then undone without having been seen, which has no effect.
  const current = await findCurrentFields(database.keyed, id);
  const first = await firstChangeAfter(database.scan, id, time);
  if (first === undefined) {
    return current;
  }
  if (first.kind === 'created' || first.kind === 'restored') {
    return undefined;
  }
  let base = current?.fields;
  // The value of each field before the first change that affects it.
  let before: Partial<EntitlementFields> = {};
  for (let next: number | undefined = first.number; next !== undefined;) {
    const changes = await changesFrom(database.scan, id, next, pageSize);
    next = changes.length < pageSize ? undefined : (changes.at(-1)?.number ?? 0) + 1;
    for (const change of changes) {
      if (change.kind === 'deleted') {
        base = change.before as EntitlementFields;
        next = undefined;
        break;
      }
      before = { ...change.before, ...before };
    }
  }
  if (base === undefined) {
    return undefined;
  }
  const modified = (await timeOfChangeBefore(database.scan, id, first.number)) ?? null;
  return { fields: { ...base, ...before }, modified };
}
