import { CommandFailure } from '../exit-codes.ts';
import { type ListFlags, pagesByOffset, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { printableLine } from './printable.ts';
import { openClient, type RemoteFlags } from './session.ts';

/** The largest page of members and connections that the contract allows. */
const largestPage = 50;
/** How many members and groups one request may change. */
const mostMembers = 250;
const mostGroups = 100;

/** `muniment workgroups connections ID` */
export async function listConnections(workgroupId: string, flags: ListFlags): Promise<void> {
  const client = openClient(flags);
  await showList(
    flags,
    [
      { heading: 'TYPE', cell: ({ object }) => object.type },
      { heading: 'NAME', cell: ({ object }) => object.name },
      { heading: 'CONNECTION', cell: ({ connectionType }) => connectionType },
      { heading: 'ID', cell: ({ object }) => object.id, isWhole: true },
    ],
    pagesByOffset(
      flags,
      async (query) => (await client.call('listConnections', { path: { workgroupId }, query })).body,
      largestPage,
    ),
  );
}

/** `muniment workgroups bulk-delete ID…` */
export async function deleteGroups(ids: readonly string[], flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  await inParts(flags, ids, mostGroups, 'deleted', async (part) => {
    return (await client.call('deleteWorkgroupsInBulk', { body: { ids: [...part] } })).body;
  });
}

/** `muniment workgroups members list ID` */
export async function listMembers(workgroupId: string, flags: ListFlags): Promise<void> {
  const client = openClient(flags);
  await showList(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'EMAIL', cell: ({ email }) => email },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByOffset(
      flags,
      async (query) => (await client.call('listWorkgroupMembers', { path: { workgroupId }, query })).body,
      largestPage,
    ),
  );
}

/** `muniment workgroups members add ID IDENTITY…` */
export async function addMembers(workgroupId: string, ids: readonly string[], flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  await inParts(flags, ids, mostMembers, 'added', async (part) => {
    return (await client.call('updateWorkgroupMembers', { path: { workgroupId }, body: identities(part) })).body;
  });
}

/** `muniment workgroups members remove ID IDENTITY…` */
export async function removeMembers(workgroupId: string, ids: readonly string[], flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  await inParts(flags, ids, mostMembers, 'removed', async (part) => {
    return (await client.call('deleteWorkgroupMembers', { path: { workgroupId }, body: identities(part) })).body;
  });
}

function identities(ids: readonly string[]): { type: 'IDENTITY'; id: string }[] {
  return ids.map((id) => ({ type: 'IDENTITY', id }));
}

interface Result {
  readonly id: string;
  readonly status: number;
  readonly description: string;
}

/**
 * Sends as many requests as it takes, and prints the result of each id.
 * @throws CommandFailure if the server refused any id
 */
async function inParts(
  flags: RemoteFlags,
  ids: readonly string[],
  most: number,
  done: string,
  send: (part: readonly string[]) => Promise<readonly Result[]>,
): Promise<void> {
  const results: Result[] = [];
  for (let start = 0; start < ids.length; start += most) {
    const part = await send(ids.slice(start, start + most));
    results.push(...part);
    if (flags.json !== true) {
      await write(part.map(({ id, description }) => `${printableLine(id)}: ${printableLine(description)}\n`).join(''));
    }
  }
  if (flags.json === true) {
    await writeJson(results);
  }
  const refused = results.filter(({ status }) => status >= 400).length;
  if (refused > 0) {
    throw new CommandFailure('refused', `${refused} of ${results.length} were not ${done}.`);
  }
}
