import { illegalValue, referencedObjectNotFound } from '../../errors.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Transaction } from '../../storage/database.ts';
import { lockObjects, storeTags, tagsOf } from '../../storage/tags/object-tags.ts';
import { type ObjectKey, type TaggableType, taggableTypes } from '../../storage/tags/taggable.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { mostTags } from './tag-names.ts';

export type { ObjectKey } from '../../storage/tags/taggable.ts';

/** An object with its current name and version, and its tags in binary order. */
export interface TaggedObject extends ObjectKey {
  readonly name: string;
  readonly version: number;
  readonly tags: readonly string[];
}

/** Returns the tags of an object after a change, in binary order. `object` has the version before the change. */
export type TagEdit = (
  before: readonly string[],
  object: ObjectKey & { readonly version: number },
) => readonly string[];

/**
 * Changes the tags of objects, which counts as a change of each object. The new tags must exist and be locked.
 * @param keys each once
 * @throws 400 for an object that does not exist, for more than 50 tags of an object, and what `edit` throws
 */
export async function changeTags(
  transaction: Transaction,
  keys: readonly ObjectKey[],
  edit: TagEdit,
  context: ChangeContext,
  now: number,
): Promise<TaggedObject[]> {
  const found: TaggedObject[] = [];
  for (const type of taggableTypes) {
    const ids = keys.filter((key) => key.type === type).map(({ id }) => id);
    if (ids.length > 0) {
      found.push(...(await changeTagsOf(transaction, type, ids, edit, context, now)));
    }
  }
  return found;
}

async function changeTagsOf(
  transaction: Transaction,
  type: TaggableType,
  ids: readonly string[],
  edit: TagEdit,
  context: ChangeContext,
  now: number,
): Promise<TaggedObject[]> {
  const objects = new Map((await lockObjects(transaction, type, ids)).map((object) => [object.id, object]));
  const tags = await tagsOf(transaction, type, ids);
  const edited = ids.map((id) => {
    const object = objects.get(id);
    if (object === undefined) {
      throw referencedObjectNotFound(type.toLowerCase(), id);
    }
    const before = tags.get(id) ?? [];
    const after = edit(before, { type, id, version: object.version });
    if (after.length > mostTags && after.length > before.length) {
      throw illegalValue(
        `${type} ${id} would have ${after.length} tags. At most ${mostTags} are allowed: remove others first.`,
      );
    }
    return { ...object, before, after, isChanged: before.join() !== after.join() };
  });
  const changed = edited.filter(({ isChanged }) => isChanged);
  if (changed.length > 0) {
    await storeTags(transaction, type, changed, now);
    await recordChanges(
      transaction,
      context,
      now,
      changed.map(({ id, before, after }) => ({
        objectType: type,
        objectId: id,
        kind: 'updated',
        before: { tags: recorded(before) },
        after: { tags: recorded(after) },
      })),
    );
  }
  return edited.map(({ id, name, version, after, isChanged }) => ({
    type,
    id,
    name,
    version: isChanged ? version + 1 : version,
    tags: after,
  }));
}

/** No tags are null in the change record, as in the column of an entitlement. */
function recorded(tags: readonly string[]): readonly string[] | null {
  return tags.length === 0 ? null : tags;
}
