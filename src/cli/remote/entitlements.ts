import type { EntitlementV2, HistoryEntry } from '../../client/operations.ts';
import { changeText } from './change-text.ts';
import { asEtag, type GivenFields, patchFrom } from './given-fields.ts';
import { bothFilters, endingInId, type ListFlags, pagesByKey, pagesByOffset, quoted, showList } from './list.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

/** `muniment entitlements list` */
export async function listEntitlements(
  flags: ListFlags & { readonly source?: string; readonly type?: string },
): Promise<void> {
  const client = openClient(flags);
  const { source, type } = flags;
  const ofSource = source === undefined ? undefined : `source.id eq ${quoted((await sourceNamed(client, source)).id)}`;
  const ofType = type === undefined ? undefined : `type eq ${quoted(type)}`;
  const filters = bothFilters(bothFilters(ofSource, ofType), flags.filters);
  const sorters = endingInId(flags.sorters ?? 'name');
  await showList<EntitlementV2>(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'TYPE', cell: ({ sourceSchemaObjectType }) => sourceSchemaObjectType },
      { heading: 'SOURCE', cell: ({ source: { name } }) => name },
      { heading: 'PRIVILEGE', cell: ({ privilegeLevel }) => privilegeLevel.effective },
      { heading: 'OWNER', cell: ({ owner }) => owner?.name },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByKey(flags, sorters, sortedValue, async (page) => {
      const query = { filters, sorters: sorters.join(','), ...page };
      return (await client.call('listEntitlements', { query })).body;
    }),
  );
}

function sortedValue(row: EntitlementV2, sorter: string): unknown {
  switch (sorter) {
    case 'type':
      return row.sourceSchemaObjectType;
    case 'source.id':
      return row.source.id;
    default:
      return new Map<string, unknown>(Object.entries(row)).get(sorter);
  }
}

/** `muniment entitlements get ID`: prints the entitlement, and its ETag for `patch --if-match`. */
export async function getEntitlement(id: string, flags: RemoteFlags): Promise<void> {
  const { body, etag } = await openClient(flags).call('getEntitlement', { path: { id } });
  await showObject(flags, { ...body, etag });
}

/** `muniment entitlements patch ID`: shows the entitlement as it is then. */
export async function patchEntitlement(
  id: string,
  flags: RemoteFlags & GivenFields & { readonly ifMatch?: string },
): Promise<void> {
  const body = await patchFrom(flags);
  const answer = await openClient(flags).call(
    'patchEntitlement',
    { path: { id }, body },
    { ifMatch: asEtag(flags.ifMatch) },
  );
  await showObject(flags, { ...answer.body, etag: answer.etag });
}

/** `muniment entitlements history ID` */
export async function listHistory(id: string, flags: ListFlags): Promise<void> {
  const client = openClient(flags);
  await showList<HistoryEntry>(
    flags,
    [
      { heading: 'TIME', cell: ({ time }) => time, isWhole: true },
      { heading: 'KIND', cell: ({ kind }) => kind },
      { heading: 'BY', cell: byWhom, isWhole: true },
      // The changes are what the user asked for: let the line wrap instead of cutting it.
      { heading: 'CHANGE', cell: ({ before, after }) => changeText(before, after), isWhole: true },
    ],
    pagesByOffset(flags, async (query) => (await client.call('listEntitlementHistory', { path: { id }, query })).body),
  );
}

/** Returns the actor of a change, and the task. */
function byWhom({ actor, taskId }: HistoryEntry): string {
  const who = actor?.name ?? actor?.id ?? '';
  return taskId === null ? who : `${who} (task ${taskId})`.trimStart();
}
