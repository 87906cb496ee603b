import { sql } from 'kysely';
import type { ChangeKind } from '../changes/changes.ts';
import { packId } from '../changes/packed-id.ts';
import type { Session } from '../database.ts';
import { entitlementState } from './entitlement-record.ts';

/** An entitlement in the terms of the change record (`entitlementState`). */
export interface EntitlementFields {
  readonly sourceId: string;
  readonly type: string;
  /** ISO 8601. */
  readonly created: string;
  readonly value: string;
  /** Absent in records of a time when all were listed. */
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
  readonly additionalOwners: readonly unknown[] | null;
  readonly requestable: boolean;
  readonly privilegeOverride: string | null;
  readonly privilegeOverrideBy: string | null;
  readonly segments: readonly string[] | null;
  readonly accessModelMetadata: Readonly<Record<string, unknown>> | null;
}

/** What an entitlement is now in those terms, or undefined. */
export async function findCurrentFields(
  session: Session,
  id: string,
): Promise<{ fields: EntitlementFields; modified: number; version: number } | undefined> {
  // In one statement: between two, a change could come and mix what was with what is.
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

/** A change of one entitlement, as far as it is needed to undo it. */
export interface UndoableChange {
  readonly number: number;
  readonly kind: ChangeKind;
  /** All fields where it was deleted, those that changed where it was updated. */
  readonly before: Partial<EntitlementFields>;
}

/**
 * The first change of an entitlement that was made after `time` (UTC milliseconds), in the order of the record; what
 * stands behind it there came later, whatever a clock that was put back said.
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

/** Changes of an entitlement from a number on, in the order of the record. */
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

/** When the change of an entitlement before a number was made, in UTC milliseconds; undefined when none is recorded. */
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

/** Whether the record has a change of an entitlement. */
export async function isEntitlementRecorded(session: Session, id: string): Promise<boolean> {
  return (await changesFrom(session, id, 0, 1)).length > 0;
}

/** What things are called today to which an entitlement refers; null for what is gone. */
export interface EntitlementNames {
  readonly sourceName: string | null;
  /** The attribute of the source's account schema that holds entitlements of this type. */
  readonly attribute: string | null;
  readonly ownerName: string | null;
}

/** Today's names of what an entitlement refers or referred to. */
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

/** The record is written by `entitlementState` and `difference` alone, which have these fields. */
function asFields(state: Record<string, unknown>): EntitlementFields {
  return state as unknown as EntitlementFields;
}
