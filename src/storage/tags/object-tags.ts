import type { Session, Transaction } from '../database.ts';
import { updateRows } from '../query/update-rows.ts';
import { taggable, type TaggableType } from './taggable.ts';

/** An object that can have tags, with its name. */
export interface TaggableObject {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

/** The tags of one object before and after a change, each in binary order. */
export interface TagChange {
  readonly id: string;
  /** The version before the change. */
  readonly version: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Returns the objects of one type with these ids that exist. */
export async function findObjects(
  { query }: Session,
  type: TaggableType,
  ids: readonly string[],
): Promise<TaggableObject[]> {
  const { table, name } = taggable[type];
  return query
    .selectFrom(table)
    .select(['id', name.as('name'), 'version'])
    .where('id', 'in', ids)
    .execute();
}

/** Returns the objects of one type with these ids that exist, and locks them until the transaction ends. */
export async function lockObjects(
  { query, dialect }: Transaction,
  type: TaggableType,
  ids: readonly string[],
): Promise<TaggableObject[]> {
  const { table, name } = taggable[type];
  return (
    query
      .selectFrom(table)
      .select(['id', name.as('name'), 'version'])
      .where('id', 'in', ids)
      // The same order in every transaction prevents deadlocks.
      .orderBy('id')
      .$if(dialect.locksRows, (select) => select.forUpdate())
      .execute()
  );
}

/** Returns the tags of these objects by id, in binary order, without objects that have none. */
export async function tagsOf(
  { query }: Session,
  type: TaggableType,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await query
    .selectFrom('object_tag')
    .select(['object_id', 'tag'])
    .where('object_type', '=', type)
    .where('object_id', 'in', ids)
    .orderBy('object_id')
    .orderBy('tag')
    .execute();
  const tags = new Map<string, string[]>();
  for (const { object_id: id, tag } of rows) {
    const known = tags.get(id);
    if (known === undefined) {
      tags.set(id, [tag]);
    } else {
      known.push(tag);
    }
  }
  return tags;
}

/** Stores the changed tags of locked objects, and increments the versions of the objects. */
export async function storeTags(
  transaction: Transaction,
  type: TaggableType,
  changes: readonly TagChange[],
  now: number,
): Promise<void> {
  await replaceObjectTags(transaction, type, changes);
  await updateRows(
    transaction,
    taggable[type].table,
    changes.map(({ id, version, after }) => ({
      id,
      ...(type === 'ENTITLEMENT' ? { tags: tagsColumn(after) } : {}),
      modified: now,
      version: version + 1,
    })),
  );
}

/** Stores the changed tags of locked objects, without the objects themselves. */
export async function replaceObjectTags(
  transaction: Transaction,
  type: TaggableType,
  changes: readonly Omit<TagChange, 'version'>[],
): Promise<void> {
  const removed = new Set(changes.flatMap(({ before, after }) => before.filter((tag) => !after.includes(tag))));
  if (removed.size > 0) {
    // An object that keeps one of these tags gets it again below.
    await transaction.query
      .deleteFrom('object_tag')
      .where('object_type', '=', type)
      .where(
        'object_id',
        'in',
        changes.map(({ id }) => id),
      )
      .where('tag', 'in', [...removed])
      .execute();
  }
  await insertObjectTags(
    transaction,
    type,
    changes.map(({ id, before, after }) => ({
      id,
      tags: after.filter((tag) => removed.has(tag) || !before.includes(tag)),
    })),
  );
}

/** Inserts tags that the objects do not have yet. */
export async function insertObjectTags(
  transaction: Transaction,
  type: TaggableType,
  objects: readonly { readonly id: string; readonly tags: readonly string[] }[],
): Promise<void> {
  const rows = objects.flatMap(({ id, tags }) => tags.map((tag) => ({ object_type: type, object_id: id, tag })));
  if (rows.length > 0) {
    await transaction.insertRows('object_tag', rows);
  }
}

/** Removes all tags of objects that are being deleted. */
export async function removeAllTags({ query }: Transaction, type: TaggableType, ids: readonly string[]): Promise<void> {
  await query.deleteFrom('object_tag').where('object_type', '=', type).where('object_id', 'in', ids).execute();
}

/** Returns the tags in the column `tags` of an entitlement. */
export function tagsIn(column: string | null): string[] {
  return column === null ? [] : (JSON.parse(column) as string[]);
}

/** Returns the column `tags` of an entitlement. */
export function tagsColumn(tags: readonly string[]): string | null {
  return tags.length === 0 ? null : JSON.stringify(tags);
}
