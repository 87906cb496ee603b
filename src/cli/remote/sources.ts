import type { Client } from '../../client/client.ts';
import type { Source } from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { type ListFlags, pagesByOffset, quoted, showList } from './list.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';

/** `muniment sources list` */
export async function listSources(flags: ListFlags): Promise<void> {
  const client = openClient(flags);
  const { filters, sorters = 'name' } = flags;
  await showList<Source>(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'TYPE', cell: ({ type }) => type },
      { heading: 'AUTHORITATIVE', cell: ({ authoritative }) => (authoritative === true ? 'yes' : 'no') },
      { heading: 'OWNER', cell: ({ owner }) => owner?.name },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByOffset(
      flags,
      async (page) => (await client.call('listSources', { query: { filters, sorters, ...page } })).body,
    ),
  );
}

/** `muniment sources get NAME` */
export async function getSource(name: string, flags: RemoteFlags): Promise<void> {
  await showObject(flags, await sourceNamed(openClient(flags), name));
}

/** Returns the source with a name or id. @throws CommandFailure if there is none */
export async function sourceNamed(client: Client, name: string): Promise<Source> {
  const source = await findSource(client, name);
  if (source === undefined) {
    throw new CommandFailure('notFound', `There is no source "${name}". "muniment sources list" lists the sources.`);
  }
  return source;
}

/** Returns the source with a name or id, if there is one. Ids take precedence over names. */
export async function findSource(client: Client, name: string): Promise<Source | undefined> {
  const filters = `id eq ${quoted(name)} or name eq ${quoted(name)}`;
  const { body } = await client.call('listSources', { query: { filters } });
  return body.find(({ id }) => id === name) ?? body[0];
}
