import { alreadyExists, badRequestContent, notFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import { recordChanges } from '../../storage/changes/changes.ts';
import type { Database, Transaction } from '../../storage/database.ts';
import { findTypeWithTag } from '../../storage/tags/tagged-objects.ts';
import {
  countTags,
  deleteTagRow,
  findTag,
  findTags,
  insertNewTags,
  lockTag,
  lockTagNames,
  type Tag,
} from '../../storage/tags/tags.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { newDashedId } from '../ids.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';
import { tagName } from './tag-names.ts';

export type { Tag } from '../../storage/tags/tags.ts';

/** One page of tags, and the number of all matches if it was requested. */
export interface TagPage {
  readonly tags: readonly Tag[];
  readonly total: number | undefined;
}

/** Lists tags; fields of filters and sorters are id, name, created and modified. */
export async function listTags(database: Database, list: ListQuery): Promise<TagPage> {
  const [tags, total] = await Promise.all([
    list.limit === 0 ? [] : findTags(database, list),
    list.count ? countTags(database, list) : undefined,
  ]);
  return { tags, total };
}

/** Returns one tag. Throws 404. */
export async function getTag(database: Database, id: string): Promise<Tag> {
  const tag = id.includes('\0') ? undefined : await findTag(database.keyed, id);
  if (tag === undefined) {
    throw notFound('tag', id);
  }
  return tag;
}

/** Creates a tag. Throws a 400 for an invalid name (`tagName`), and for one that exists. */
export async function createTag(database: Database, received: string, context: ChangeContext): Promise<Tag> {
  refuseUnstorable(received, 'name');
  const name = tagName(received, 'name');
  return database.write(async (transaction) => {
    const [tag] = await createTags(transaction, [name], context, Date.now());
    if (tag === undefined) {
      throw alreadyExists('Tag', 'name', name);
    }
    return tag;
  });
}

/** Deletes a tag. Throws 404 and 412, and a 400 if an object has the tag. */
export async function deleteTag(database: Database, id: string, { ifMatch, context }: ChangeOptions): Promise<void> {
  await database.write(async (transaction) => {
    const tag = id.includes('\0') ? undefined : await lockTag(transaction, id);
    if (tag === undefined) {
      throw notFound('tag', id);
    }
    checkVersion(ifMatch, tag.version);
    const type = await findTypeWithTag(transaction, tag.name);
    if (type !== undefined) {
      // Without its id: the caller may not be allowed to see the object.
      throw badRequestContent(
        `Tag "${tag.name}" cannot be deleted while an object has it: at least one of type ${type} does. Remove it from all objects first. GET /tagged-objects lists those that you may see with the filter tagName eq "${tag.name}".`,
      );
    }
    await deleteTagRow(transaction, id);
    await recordChanges(transaction, context, Date.now(), [
      { objectType: 'TAG', objectId: id, kind: 'deleted', before: { name: tag.name }, after: null },
    ]);
  });
}

/** Locks the tags with these names, and creates those that do not exist. */
export async function ensureTags(
  transaction: Transaction,
  names: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<void> {
  for (let missing = names; missing.length > 0;) {
    const known = await lockTagNames(transaction, missing);
    missing = missing.filter((name) => !known.has(name));
    const created = new Set((await createTags(transaction, missing, context, now)).map(({ name }) => name));
    // Another transaction has created the others meanwhile.
    missing = missing.filter((name) => !created.has(name));
  }
}

/** Creates those of these tags that do not exist, and returns them. */
async function createTags(
  transaction: Transaction,
  names: readonly string[],
  context: ChangeContext,
  now: number,
): Promise<readonly Tag[]> {
  if (names.length === 0) {
    return [];
  }
  const created = await insertNewTags(
    transaction,
    names.map((name) => ({ id: newDashedId(), name, created: now, modified: now, version: 1 })),
  );
  await recordChanges(
    transaction,
    context,
    now,
    created.map(({ id, name }) => ({
      objectType: 'TAG',
      objectId: id,
      kind: 'created',
      before: null,
      after: { name },
    })),
  );
  return created;
}
