import { sql } from 'kysely';
import type { ChangeKind } from '../changes/changes.ts';
import { packId } from '../changes/packed-id.ts';
import type { Session } from '../database.ts';
import { entitlementState } from './entitlement-record.ts';
import type { SetRequestConfig } from '../request-config/request-config.ts';

/** The state of an entitlement in the change record (`entitlementState`). */
export interface EntitlementFields {
  readonly sourceId: string;
  readonly type: string;
  /** ISO 8601. */
  readonly created: string;
  readonly value: string;
  /** Absent in changes from before this field existed, when all entitlements were listed. */
  readonly isListed?: boolean;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly privilege: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly permissions: readonly { readonly rights: readonly string[]; readonly target: string }[] | null;
  /** The values of the parents. */
  readonly parents: readonly string[];
  readonly manualName: string | null;
  readonly manualDescription: string | null;
  readonly isNameManual: boolean;
  readonly isDescriptionManual: boolean;
  readonly ownerId: string | null;
  readonly additionalOwners: readonly { readonly type: string; readonly id: string }[] | null;
  readonly requestable: boolean;
  readonly privilegeOverride: string | null;
  readonly privilegeOverrideBy: string | null;
  readonly segments: readonly string[] | null;
  readonly accessModelMetadata: Readonly<Record<string, unknown>> | null;
  /** Absent in changes from before this field existed, when it was set nowhere. */
  readonly requestConfig?: SetRequestConfig | null;
  /** The names of its tags, or null for none. Absent in changes from before this field existed. */
  readonly tags?: readonly string[] | null;
}

/** Returns the current state of an entitlement, or undefined. */
export async function findCurrentFields(
  session: Session,
  id: string,
): Promise<{ fields: EntitlementFields; modified: number; version: number } | undefined> {
  // One statement, as a change between two statements could mix old and new data.
  const rows = await session.query
    .selectFrom('entitlement')
    .leftJoin('entitlement_parent', 'entitlement_parent.child_id', 'entitlement.id')
    .selectAll('entitlement')
    .select('entitlement_parent.parent_value as parentValue')
    .where('entitlement.id', '=', id)
    .execute();
  const [row] = rows;
  if (row === undefined) {
    return undefined;
  }
  const parents = rows.flatMap(({ parentValue }) => (parentValue === null ? [] : [parentValue]));
  return { fields: asFields(entitlementState(row, parents)), modified: row.modified, version: row.version };
}

/** The part of a change of an entitlement that is needed to undo it. */
export interface UndoableChange {
  readonly number: number;
  readonly kind: ChangeKind;
  /** All fields of a deletion, the changed fields of an update. */
  readonly before: Partial<EntitlementFields>;
}

/**
 * Returns the first change of an entitlement after `time` (UTC milliseconds), in the order of the change record. All
 * changes after it in the record came later, even if the clock was set back.
 */
export async function firstChangeAfter(
  session: Session,
  id: string,
  time: number,
): Promise<{ number: number; kind: string } | undefined> {
  return session.query
    .selectFrom('change')
    .select(['number', 'kind'])
    .where('object_type', '=', 'ENTITLEMENT')
    .where('object_id', '=', packId(id))
    .where('time', '>', time)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
}

/** Returns up to `limit` changes of an entitlement from a number on, in the order of the change record. */
export async function changesFrom(
  session: Session,
  id: string,
  number: number,
  limit: number,
): Promise<UndoableChange[]> {
  const rows = await session.query
    .selectFrom('change')
    .select(['number', 'kind', 'before'])
    .where('object_type', '=', 'ENTITLEMENT')
    .where('object_id', '=', packId(id))
    .where('number', '>=', number)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    number: row.number,
    kind: row.kind as ChangeKind,
    before: JSON.parse(row.before ?? '{}') as Partial<EntitlementFields>,
  }));
}

/** Returns the time of the last change of an entitlement before a number, in UTC milliseconds, or undefined. */
export async function timeOfChangeBefore(session: Session, id: string, number: number): Promise<number | undefined> {
  const row = await session.query
    .selectFrom('change')
    .select('time')
    .where('object_type', '=', 'ENTITLEMENT')
    .where('object_id', '=', packId(id))
    .where('number', '<', number)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.time;
}

/** Returns whether the change record has a change of an entitlement. */
export async function isEntitlementRecorded(session: Session, id: string): Promise<boolean> {
  return (await changesFrom(session, id, 0, 1)).length > 0;
}

/** The current names of the objects that an entitlement refers to; null for deleted objects. */
export interface EntitlementNames {
  readonly sourceName: string | null;
  /** The attribute of the source's account schema that holds entitlements of this type. */
  readonly attribute: string | null;
  readonly ownerName: string | null;
}

/** Returns the current names of the objects that an entitlement refers or referred to. */
export async function findNames(
  session: Session,
  { sourceId, type, ownerId }: Pick<EntitlementFields, 'sourceId' | 'type' | 'ownerId'>,
): Promise<EntitlementNames> {
  const { rows } = await sql<EntitlementNames>`select
    (select name from source where id = ${sourceId}) as "sourceName",
    (select account_attribute from source_schema where source_id = ${sourceId} and name = ${type}) as "attribute",
    (select name from identity where id = ${ownerId}) as "ownerName"`.execute(session.query);
  return rows[0] ?? { sourceName: null, attribute: null, ownerName: null };
}

/** Only `entitlementState` and `difference` write these states, with these fields. */
function asFields(state: Record<string, unknown>): EntitlementFields {
  return state as unknown as EntitlementFields;
}
