import type { Client } from '../../client/client.ts';
import { CommandFailure } from '../exit-codes.ts';
import { type ListFlags, pagesByOffset, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { printable } from './printable.ts';
import { openClient, type RemoteFlags } from './session.ts';

/** The largest page of members that the contract allows, and the most that one request changes. */
const largestPage = 50;
const mostPerRequest = 250;

/** `muniment workgroups members list GROUP` */
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

/** `muniment workgroups members add GROUP IDENTITY…` */
export async function addMembers(workgroupId: string, ids: readonly string[], flags: RemoteFlags): Promise<void> {
  await changeMembers('updateWorkgroupMembers', workgroupId, ids, flags);
}

/** `muniment workgroups members remove GROUP IDENTITY…` */
export async function removeMembers(workgroupId: string, ids: readonly string[], flags: RemoteFlags): Promise<void> {
  await changeMembers('deleteWorkgroupMembers', workgroupId, ids, flags);
}

/** Prints what happened to each identity. @throws CommandFailure if any of them was refused */
async function changeMembers(
  operation: 'updateWorkgroupMembers' | 'deleteWorkgroupMembers',
  workgroupId: string,
  ids: readonly string[],
  flags: RemoteFlags,
): Promise<void> {
  const client: Client = openClient(flags);
  const results = [];
  for (let start = 0; start < ids.length; start += mostPerRequest) {
    const body = ids.slice(start, start + mostPerRequest).map((id) => ({ type: 'IDENTITY' as const, id }));
    results.push(...(await client.call(operation, { path: { workgroupId }, body })).body);
  }
  await (flags.json === true
    ? writeJson(results)
    : write(results.map(({ id, description }) => `${id}: ${printable(description)}\n`).join('')));
  const refused = results.filter(({ status }) => status >= 400).length;
  if (refused > 0) {
    throw new CommandFailure('refused', `${refused} of ${results.length} identities were not changed.`);
  }
}
