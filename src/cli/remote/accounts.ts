import type { Account } from '../../client/operations.ts';
import { bothFilters, type ListFlags, pagesByOffset, quoted, showList } from './list.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

/** `muniment accounts list` */
export async function listAccounts(flags: ListFlags & { readonly source?: string }): Promise<void> {
  const client = openClient(flags);
  const { sorters, source } = flags;
  const ofSource = source === undefined ? undefined : `sourceId eq ${quoted((await sourceNamed(client, source)).id)}`;
  const filters = bothFilters(ofSource, flags.filters);
  await showList<Account>(
    flags,
    [
      { heading: 'NAME', cell: ({ name, nativeIdentity }) => name ?? nativeIdentity },
      { heading: 'IDENTITY', cell: ({ identity }) => identity?.name },
      { heading: 'SOURCE', cell: ({ sourceName }) => sourceName },
      { heading: 'DISABLED', cell: ({ disabled }) => (disabled ? 'yes' : 'no') },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByOffset(
      flags,
      async (page) => (await client.call('listAccounts', { query: { filters, sorters, ...page } })).body,
    ),
  );
}

/** `muniment accounts get ID` */
export async function getAccount(id: string, flags: RemoteFlags): Promise<void> {
  await showObject(flags, (await openClient(flags).call('getAccount', { path: { id } })).body);
}
