import type { EntitlementV2, HistoryEntry } from '../../client/operations.ts';
import { changeText } from './change-text.ts';
import { type FollowFlags, followRequestedTask } from './follow-task.ts';
import { asEtag, type GivenFields, patchFrom } from './given-fields.ts';
import { bothFilters, endingInId, type ListFlags, pagesByKey, pagesByOffset, quoted, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

interface EntitlementListFlags extends ListFlags {
  readonly source?: string;
  readonly type?: string;
  readonly segmentedFor?: string;
  readonly segment?: readonly string[];
  readonly unsegmented: boolean;
}

/** `muniment entitlements list` */
export async function listEntitlements(flags: EntitlementListFlags): Promise<void> {
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
      const query = { filters, sorters: sorters.join(','), ...bySegment(flags), ...page };
      return (await client.call('listEntitlements', { query })).body;
    }),
  );
}

/** Returns the parameters about segments that are given: the server's defaults apply to the others. */
function bySegment({ segmentedFor, segment, unsegmented }: EntitlementListFlags) {
  return {
    ...(segmentedFor === undefined ? {} : { 'segmented-for-identity': segmentedFor }),
    ...(segment === undefined ? {} : { 'for-segment-ids': segment.join(',') }),
    ...(unsegmented ? {} : { 'include-unsegmented': false }),
  };
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

/** `muniment entitlements bulk-update ID...`: all of them or none. */
export async function bulkUpdateEntitlements(
  entitlementIds: readonly string[],
  flags: RemoteFlags & GivenFields,
): Promise<void> {
  const jsonPatch = await patchFrom(flags);
  await openClient(flags).call('updateEntitlementsInBulk', { body: { entitlementIds, jsonPatch } });
  const text = `${entitlementIds.length === 1 ? '1 entitlement is' : `${entitlementIds.length} entitlements are`} updated.`;
  await (flags.json === true ? writeJson({ entitlementIds }) : write(`${text}\n`));
}

/** `muniment entitlements delete ID` */
export async function deleteEntitlement(id: string, flags: RemoteFlags & { readonly ifMatch?: string }): Promise<void> {
  await openClient(flags).call('deleteEntitlement', { path: { id } }, { ifMatch: asEtag(flags.ifMatch) });
  await (flags.json === true ? writeJson({ id }) : write(`${id} is deleted.\n`));
}

/** `muniment entitlements bulk-delete ID...`: waits for the task and prints the outcome. */
export async function bulkDeleteEntitlements(ids: readonly string[], flags: FollowFlags): Promise<void> {
  const client = openClient(flags);
  const { body } = await client.call('deleteBulkEntitlements', { body: { ids } });
  await followRequestedTask(client, body.taskId, flags);
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
