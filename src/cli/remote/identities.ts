import type { AccessItemDiff, Identity } from '../../client/operations.ts';
import type { Client } from '../../client/client.ts';
import { asEtag } from './given-fields.ts';
import { type ListFlags, pagesByOffset, showList } from './list.ts';
import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';

type AccessType = 'account' | 'entitlement';
type TypeFlags = RemoteFlags & { readonly type?: AccessType };
type ChangeFlags = RemoteFlags & { readonly ifMatch?: string };

const accessTypes: readonly AccessType[] = ['account', 'entitlement'];

/** `muniment identities list` */
export async function listIdentities(flags: ListFlags & { readonly uncorrelated?: true }): Promise<void> {
  const client = openClient(flags);
  const { filters, sorters = 'name' } = flags;
  const defaultFilter = flags.uncorrelated === true ? 'NONE' : 'CORRELATED_ONLY';
  await showList<Identity>(
    flags,
    [
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'ALIAS', cell: ({ alias }) => alias },
      { heading: 'EMAIL', cell: ({ emailAddress }) => emailAddress },
      { heading: 'STATUS', cell: ({ identityStatus }) => identityStatus },
      { heading: 'MANAGER', cell: ({ managerRef }) => managerRef?.name },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByOffset(flags, async (page) => {
      return (await client.call('listIdentities', { query: { filters, sorters, defaultFilter, ...page } })).body;
    }),
  );
}

/** `muniment identities get ID`: the identity now, with its ETag, or as of a time. */
export async function getIdentity(id: string, flags: RemoteFlags & { readonly at?: string }): Promise<void> {
  const client = openClient(flags);
  if (flags.at === undefined) {
    const { body, etag } = await client.call('getIdentity', { path: { id } });
    await showObject(flags, { ...body, etag });
    return;
  }
  await showObject(flags, (await client.call('getIdentitySnapshot', { path: { id, date: flags.at } })).body);
}

type AccessItem = Awaited<ReturnType<typeof accessOf>>[number];

/** `muniment identities access ID` */
export async function listAccess(id: string, flags: TypeFlags & { readonly at?: string }): Promise<void> {
  const client = openClient(flags);
  const { at, type } = flags;
  const types = type === undefined ? accessTypes : [type];
  await showList<AccessItem>(
    { ...flags, all: true },
    [
      { heading: 'TYPE', cell: ({ accessType }) => accessType },
      { heading: 'NAME', cell: ({ displayName }) => displayName },
      { heading: 'SOURCE', cell: ({ sourceName, sourceId }) => sourceName ?? sourceId },
      { heading: 'VALUE', cell: valueOf },
      { heading: 'ID', cell: ({ id: itemId }) => itemId, isWhole: true },
    ],
    (async function* pages() {
      for (const one of types) {
        yield* at === undefined
          ? pagesByOffset({ ...flags, all: true }, (query) => accessOf(client, id, { type: one, ...query }))
          : [
              (await client.call('listIdentitySnapshotAccessItems', { path: { id, date: at }, query: { type: one } }))
                .body,
            ];
      }
    })(),
  );
}

async function accessOf(
  client: Client,
  id: string,
  query: { readonly type: AccessType; readonly limit: number; readonly offset?: number | undefined },
) {
  return (await client.call('listIdentityAccessItems', { path: { id }, query })).body;
}

function valueOf(item: AccessItem): string {
  return item.accessType === 'account' ? item.nativeIdentity : item.value;
}

/** `muniment identities history ID` */
export async function listEvents(id: string, flags: ListFlags & TypeFlags & { readonly from?: string }): Promise<void> {
  const client = openClient(flags);
  const { from, type } = flags;
  const accessItemTypes = type === undefined ? undefined : [type];
  await showList<Awaited<ReturnType<typeof eventsOf>>[number]>(
    flags,
    [
      { heading: 'TIME', cell: ({ dateTime }) => dateTime, isWhole: true },
      { heading: 'EVENT', cell: ({ eventType }) => eventType },
      // What happened is what the user asked for: let the line wrap instead of cutting it.
      { heading: 'WHAT', cell: eventText, isWhole: true },
    ],
    pagesByOffset(flags, (page) => eventsOf(client, id, { from, accessItemTypes, ...page })),
  );
}

async function eventsOf(
  client: Client,
  id: string,
  query: {
    readonly from: string | undefined;
    readonly accessItemTypes: AccessType[] | undefined;
    readonly limit: number;
    readonly offset?: number | undefined;
  },
) {
  return (await client.call('getHistoricalIdentityEvents', { path: { id }, query })).body;
}

function eventText(event: Awaited<ReturnType<typeof eventsOf>>[number]): string {
  if ('attributeChanges' in event) {
    return event.attributeChanges
      .map(({ name, previousValue, newValue }) => `${name}: ${shown(previousValue)} → ${shown(newValue)}`)
      .join('; ');
  }
  if ('statusChange' in event) {
    const { previousStatus, newStatus } = event.statusChange;
    return `account ${event.account.displayName}: ${previousStatus} → ${newStatus}`;
  }
  const { accessType, displayName, sourceName, sourceId } = event.accessItem;
  return `${accessType} ${displayName} (${sourceName ?? sourceId})`;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

/** `muniment identities compare ID FROM TO` */
export async function compareAccess(id: string, from: string, to: string, flags: TypeFlags): Promise<void> {
  const client = openClient(flags);
  const types = flags.type === undefined ? accessTypes : [flags.type];
  await showList<AccessItemDiff & { readonly accessType: AccessType }>(
    { ...flags, all: true },
    [
      { heading: 'CHANGE', cell: ({ eventType }) => eventType },
      { heading: 'TYPE', cell: ({ accessType }) => accessType },
      { heading: 'NAME', cell: ({ displayName }) => displayName },
      { heading: 'SOURCE', cell: ({ sourceName }) => sourceName },
      { heading: 'ID', cell: (row) => row.id, isWhole: true },
    ],
    (async function* pages() {
      for (const accessType of types) {
        yield* pagesByOffset({ ...flags, all: true }, async (page) => {
          const { body } = await client.call('compareIdentitySnapshotsAccessType', {
            path: { id, accessType },
            query: { snapshot1: from, snapshot2: to, ...page },
          });
          return body.map((row) => ({ accessType, ...row }));
        });
      }
    })(),
  );
}

/** `muniment identities owns ID` */
export async function listOwned(id: string, flags: RemoteFlags): Promise<void> {
  const { body } = await openClient(flags).call('getIdentityOwnershipDetails', { path: { identityId: id } });
  const rows = body.associationDetails.flatMap(({ associationType, entities, total }) =>
    entities.map(({ identityEntity }) => ({ associationType, total, ...identityEntity })),
  );
  await showList<(typeof rows)[number]>(
    { ...flags, all: true },
    [
      { heading: 'ASSOCIATION', cell: ({ associationType }) => associationType },
      { heading: 'OF', cell: ({ total }) => String(total) },
      { heading: 'NAME', cell: ({ name }) => name },
      { heading: 'ID', cell: (row) => row.id, isWhole: true },
    ],
    (async function* pages() {
      yield rows;
    })(),
  );
}

/** `muniment identities process ID…`: requests the processing and prints the id of its task. */
export async function processIdentities(ids: readonly string[], flags: RemoteFlags): Promise<void> {
  const { body } = await openClient(flags).call('startIdentityProcessing', { body: { identityIds: [...ids] } });
  await (flags.json === true ? writeJson(body) : write(`Task ${body.id} was queued: muniment tasks wait ${body.id}\n`));
}

/** `muniment identities reset ID` */
export async function resetIdentity(id: string, flags: ChangeFlags): Promise<void> {
  await openClient(flags).call('resetIdentity', { path: { id } }, { ifMatch: asEtag(flags.ifMatch) });
  await (flags.json === true ? writeJson({ id }) : write(`${id} has no user levels any more.\n`));
}

/** `muniment identities delete ID` */
export async function deleteIdentity(id: string, flags: ChangeFlags): Promise<void> {
  await openClient(flags).call('deleteIdentity', { path: { id } }, { ifMatch: asEtag(flags.ifMatch) });
  await (flags.json === true ? writeJson({ id }) : write(`${id} is deleted.\n`));
}
