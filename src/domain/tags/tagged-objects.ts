import { badRequestContent, illegalValue, notFound } from '../../errors.ts';
import type { ListQuery } from '../../list-query.ts';
import type { Database, Session } from '../../storage/database.ts';
import { findObjects, tagsOf } from '../../storage/tags/object-tags.ts';
import { type TaggableType, taggableTypes } from '../../storage/tags/taggable.ts';
import { countTaggedObjects, findTaggedObjects } from '../../storage/tags/tagged-objects.ts';
import type { ChangeContext, ChangeOptions } from '../changes/change-context.ts';
import { refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';
import { changeTags, type ObjectKey, type TaggedObject } from './change-tags.ts';
import { inOrder, tagNames } from './tag-names.ts';
import { ensureTags } from './tags.ts';

export type { TaggedObject } from './change-tags.ts';

/** How many objects one request can name. */
const mostObjects = 100;

/** The types of objects with tags in the contract (B.9). */
export const contractTypes = [
  'ACCESS_PROFILE',
  'APPLICATION',
  'CAMPAIGN',
  'ENTITLEMENT',
  'IDENTITY',
  'ROLE',
  'SOD_POLICY',
  'SOURCE',
] as const;

/** A reference to an object as clients send it. */
export interface ReceivedObject {
  readonly type: (typeof contractTypes)[number];
  readonly id: string;
}

/** One page of objects with tags, and the number of all matches if it was requested. */
export interface TaggedObjectPage {
  readonly objects: readonly TaggedObject[];
  readonly total: number | undefined;
}

/**
 * Lists the objects with tags, by type and id; fields of filters as in the contract (B.9).
 * @param type the type of all listed objects; undefined: any
 * @throws 400 for a type that this server does not have
 */
export async function listTaggedObjects(
  database: Database,
  type: ReceivedObject['type'] | undefined,
  list: ListQuery,
): Promise<TaggedObjectPage> {
  const only = type === undefined ? undefined : servedType(type, 'type');
  const [keys, total] = await Promise.all([
    list.limit === 0 ? [] : findTaggedObjects(database, only, list),
    list.count ? countTaggedObjects(database, only, list) : undefined,
  ]);
  return { objects: await withNames(database.scan, keys), total };
}

/** Returns the tags of an object, which may have none. Throws 404, and a 400 for a type that this server does not have. */
export async function getTaggedObject(database: Database, received: ReceivedObject): Promise<TaggedObject> {
  const key = keyInPath(received);
  const [object] = await withNames(database.keyed, [key]);
  if (object === undefined) {
    throw notFound(key.type.toLowerCase(), key.id);
  }
  return object;
}

/**
 * Adds tags to objects and creates the tags that do not exist.
 * @param refuseDuplicates whether a tag that an object already has is an error
 * @throws 400 for an invalid tag (`tagNames`), an object that does not exist, a type that this server does not have,
 * no or more than 100 objects, no tags, and more than 50 tags of an object
 */
export async function addTags(
  database: Database,
  received: readonly ReceivedObject[],
  tags: readonly string[],
  refuseDuplicates: boolean,
  context: ChangeContext,
): Promise<readonly TaggedObject[]> {
  const keys = keysFrom(received);
  const names = someTags(tags);
  return database.write(async (transaction) => {
    const now = Date.now();
    await ensureTags(transaction, names, context, now);
    return changeTags(
      transaction,
      keys,
      (before, { type, id }) => {
        const known = refuseDuplicates ? names.find((name) => before.includes(name)) : undefined;
        if (known !== undefined) {
          throw badRequestContent(
            `${type} ${id} already has the tag ${known}. Omit it, or send operation MERGE to ignore such tags.`,
          );
        }
        return inOrder([...before, ...names]);
      },
      context,
      now,
    );
  });
}

/**
 * Replaces the tags of an object; with none, it has no tags. `ifMatch` is a version of the object.
 * @throws 404, 412, and otherwise as `addTags`
 */
export async function setTags(
  database: Database,
  received: ReceivedObject,
  tags: readonly string[],
  { ifMatch, context }: ChangeOptions,
): Promise<TaggedObject> {
  // Throws 404 instead of a 400: the object is the resource.
  const { type, id } = await getTaggedObject(database, received);
  refuseUnstorable(tags, 'tags');
  const names = tagNames(tags, 'tags');
  return database.write(async (transaction) => {
    const now = Date.now();
    await ensureTags(transaction, names, context, now);
    const replace = (_before: readonly string[], { version }: { readonly version: number }): readonly string[] => {
      checkVersion(ifMatch, version);
      return names;
    };
    const [object] = await changeTags(transaction, [{ type, id }], replace, context, now);
    if (object === undefined) {
      throw notFound(type.toLowerCase(), id);
    }
    return object;
  });
}

/** Removes tags from objects; tags that an object does not have are ignored. Throws as `addTags`. */
export async function removeTags(
  database: Database,
  received: readonly ReceivedObject[],
  tags: readonly string[],
  context: ChangeContext,
): Promise<void> {
  const keys = keysFrom(received);
  const names = new Set(someTags(tags));
  await database.write((transaction) =>
    changeTags(transaction, keys, (before) => before.filter((name) => !names.has(name)), context, Date.now()),
  );
}

async function withNames(session: Session, keys: readonly ObjectKey[]): Promise<TaggedObject[]> {
  const known = new Map<string, TaggedObject>();
  for (const type of taggableTypes) {
    const ids = keys.filter((key) => key.type === type).map(({ id }) => id);
    if (ids.length > 0) {
      const tags = await tagsOf(session, type, ids);
      for (const { id, name, version } of await findObjects(session, type, ids)) {
        known.set(`${type} ${id}`, { type, id, name, version, tags: tags.get(id) ?? [] });
      }
    }
  }
  return keys.flatMap(({ type, id }) => known.get(`${type} ${id}`) ?? []);
}

function keysFrom(received: readonly ReceivedObject[]): ObjectKey[] {
  if (received.length === 0 || received.length > mostObjects) {
    throw illegalValue(`Field "objectRefs" has ${received.length} objects. It must have 1 to ${mostObjects}.`);
  }
  refuseUnstorable(received, 'objectRefs');
  const keys = received.map(({ type, id }) => ({ type: servedType(type, 'objectRef.type'), id }));
  return [...new Map(keys.map((key) => [`${key.type} ${key.id}`, key])).values()];
}

function keyInPath({ type, id }: ReceivedObject): ObjectKey {
  const known = servedType(type, 'type');
  if (id.includes('\0')) {
    throw notFound(known.toLowerCase(), id);
  }
  return { type: known, id };
}

function someTags(tags: readonly string[]): string[] {
  refuseUnstorable(tags, 'tags');
  const names = tagNames(tags, 'tags');
  if (names.length === 0) {
    throw illegalValue('Field "tags" has no tags. It must have at least one.');
  }
  return names;
}

function servedType(type: ReceivedObject['type'], field: string): TaggableType {
  const known = taggableTypes.find((one) => one === type);
  if (known === undefined) {
    throw illegalValue(
      `Field "${field}" is "${type}". There are no objects of this type on this server yet; allowed are ${taggableTypes.join(', ')}.`,
    );
  }
  return known;
}
