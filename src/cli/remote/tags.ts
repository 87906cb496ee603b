import type { Client } from '../../client/client.ts';
import type { Tag, TaggedObject } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { bothFilters, type ListFlags, pagesByOffset, quoted, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import type { objectTypes } from './tagged-types.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';

interface ObjectFlags extends RemoteFlags {
  readonly type: (typeof objectTypes)[number];
}

/** The number of objects that one request can name. */
const mostObjects = 100;

/** `muniment tags list` */
export async function listTags(flags: ListFlags): Promise<void> {
  const { filters, sorters = 'name' } = flags;
  const client = openClient(flags);
  await showList<Tag>(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'CREATED', cell: ({ created }) => created },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByOffset(
      flags,
      async (page) => (await client.call('listTags', { query: { filters, sorters, ...page } })).body,
    ),
  );
}

/** `muniment tags objects`: the objects with tags. */
export async function listTaggedObjects(
  flags: ListFlags & { readonly tag?: string; readonly type?: string },
): Promise<void> {
  const { tag, type } = flags;
  const client = openClient(flags);
  const withTag = tag === undefined ? undefined : `tagName eq ${quoted(tag)}`;
  const ofType = type === undefined ? undefined : `objectRef.type eq ${quoted(type)}`;
  const filters = bothFilters(withTag, ofType);
  await showList<TaggedObject>(
    flags,
    [
      { heading: 'TYPE', cell: ({ objectRef }) => objectRef.type },
      { heading: 'NAME', cell: ({ objectRef }) => objectRef.name ?? undefined },
      { heading: 'TAGS', cell: ({ tags }) => tags.join(' ') },
      { heading: 'ID', cell: ({ objectRef }) => objectRef.id, isWhole: true },
    ],
    pagesByOffset(
      flags,
      async (page) => (await client.call('listTaggedObjects', { query: { filters, ...page } })).body,
    ),
  );
}

/** `muniment tags create NAME` */
export async function createTag(name: string, flags: RemoteFlags): Promise<void> {
  await showObject(flags, (await openClient(flags).call('createTag', { body: { name } })).body);
}

/** `muniment tags delete TAG` */
export async function deleteTag(tag: string, flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const { id } = await tagNamed(client, tag);
  await client.call('deleteTagById', { path: { id } });
  await (flags.json === true ? writeJson({ id }) : write(`${tag} is deleted.\n`));
}

/** `muniment tags add TAG ID…`: objects that have the tag keep it. */
export async function addTag(tag: string, ids: readonly string[], flags: ObjectFlags): Promise<void> {
  const client = openClient(flags);
  await inRequests(ids, flags, async (objectRefs) => {
    await client.call('setTagsToManyObjects', { body: { objectRefs, tags: [tag], operation: 'MERGE' } });
  });
  await report(flags, ids, `The tag is added to ${objects(ids.length)}.`);
}

/** `muniment tags remove TAG ID…`: the server ignores a tag that does not exist, which is probably misspelt. */
export async function removeTag(tag: string, ids: readonly string[], flags: ObjectFlags): Promise<void> {
  const client = openClient(flags);
  await inRequests(ids, flags, async (objectRefs) => {
    await client.call('deleteTagsToManyObject', { body: { objectRefs, tags: [tag] } });
  });
  const name = storedName(tag);
  const { body: known } = await client.call('listTags', { query: { filters: `name eq ${quoted(name)}`, limit: 1 } });
  if (known.length === 0) {
    throw new CommandFailure('notFound', `There is no tag "${name}". See muniment tags list.`);
  }
  await report(flags, ids, `The tag is removed from ${objects(ids.length)}.`);
}

/** Returns the name of a tag as the server stores it. */
export function storedName(tag: string): string {
  return tag
    .trim()
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/\s/gu, '_')
    .replaceAll(/[^\p{L}\p{M}\p{N}_]/gu, '');
}

/** Returns the tag with an id or name. Ids take precedence over names. @throws CommandFailure if there is none */
async function tagNamed(client: Client, tag: string): Promise<Tag> {
  const filters = `id eq ${quoted(tag)} or name eq ${quoted(storedName(tag))}`;
  const { body } = await client.call('listTags', { query: { filters } });
  const found = body.find(({ id }) => id === tag) ?? body[0];
  if (found === undefined) {
    throw new CommandFailure('notFound', `There is no tag "${tag}". "muniment tags list" lists the tags.`);
  }
  return found;
}

async function inRequests(
  ids: readonly string[],
  { type }: ObjectFlags,
  send: (objectRefs: { type: ObjectFlags['type']; id: string }[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += mostObjects) {
    await send(ids.slice(start, start + mostObjects).map((id) => ({ type, id })));
  }
}

async function report(flags: ObjectFlags, ids: readonly string[], text: string): Promise<void> {
  await (flags.json === true ? writeJson({ ids }) : write(`${text}\n`));
}

function objects(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}
