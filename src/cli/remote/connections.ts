import type {
  EntitlementConnectionBulkUpdateResultItem,
  EntitlementConnectionSearchHit,
} from '../../client/operations.ts';
import { CommandFailure } from '../exit-codes.ts';
import { asEtag, type GivenFields, patchFrom } from './given-fields.ts';
import { bothFilters, endingInId, type ListFlags, pagesByKey, quoted, showList } from './list.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

/** The flags of `muniment connections list`. */
interface ConnectionFlags extends ListFlags {
  readonly entitlement?: string;
  readonly identity?: string;
  readonly account?: string;
  readonly source?: string;
  readonly mine?: true;
}

/** `muniment connections list` */
export async function listConnections(flags: ConnectionFlags): Promise<void> {
  const client = openClient(flags);
  const { entitlement, identity, account, source } = flags;
  const ids = {
    'entitlement.id': entitlement,
    'identity.id': identity,
    'account.id': account,
    'source.id': source === undefined ? undefined : (await sourceNamed(client, source)).id,
  };
  const filters = Object.entries(ids)
    .map(([field, id]) => (id === undefined ? undefined : `${field} eq ${quoted(id)}`))
    .reduceRight((others, one) => bothFilters(one, others), flags.filters);
  const sorters = endingInId(flags.sorters ?? 'id');
  const operation = flags.mine === true ? 'listEntitlementConnectionsForCurrentIdentity' : 'listEntitlementConnections';
  await showList<EntitlementConnectionSearchHit>(
    flags,
    [
      { heading: 'IDENTITY', cell: ({ identity: person }) => person?.name },
      { heading: 'ACCOUNT', cell: ({ account: { name, nativeIdentity } }) => name ?? nativeIdentity },
      { heading: 'ENTITLEMENT', cell: ({ entitlement: { displayName } }) => displayName },
      { heading: 'SOURCE', cell: ({ source: { name } }) => name },
      { heading: 'TYPE', cell: ({ type }) => type },
      { heading: 'ID', cell: ({ id }) => id, isWhole: true },
    ],
    pagesByKey(flags, sorters, valueAt, async (page) => {
      const query = { filters, sorters: sorters.join(','), ...page };
      return (await client.call(operation, { query })).body;
    }),
  );
}

/** Returns the value of a sort field, such as `identity.name`. */
function valueAt(row: EntitlementConnectionSearchHit, field: string): unknown {
  return field.split('.').reduce<unknown>((at, step) => Object(at)[step], row);
}

/** `muniment connections patch ID` */
export async function patchConnection(
  id: string,
  flags: RemoteFlags & GivenFields & { readonly ifMatch?: string },
): Promise<void> {
  const body = await patchFrom(flags);
  const answer = await openClient(flags).call(
    'patchEntitlementConnectionById',
    { path: { connectionId: id }, body },
    { ifMatch: asEtag(flags.ifMatch) },
  );
  await showObject(flags, { ...answer.body, etag: answer.etag });
}

/** The most connections of one request. */
const mostPerRequest = 100;

/** `muniment connections set-type TYPE ID…`: exits with "not found" if a connection does not exist. */
export async function setTypes(type: 'JIT' | 'STANDING', ids: readonly string[], flags: RemoteFlags): Promise<void> {
  const client = openClient(flags);
  const results: EntitlementConnectionBulkUpdateResultItem[] = [];
  for (let start = 0; start < ids.length; start += mostPerRequest) {
    const body = ids.slice(start, start + mostPerRequest).map((connectionId) => ({ connectionId, type }));
    results.push(...(await client.call('updateEntitlementConnectionsBulk', { body })).body);
  }
  await showList<EntitlementConnectionBulkUpdateResultItem>(
    { ...flags, all: true },
    [
      { heading: 'RESULT', cell: ({ description }) => description },
      { heading: 'TYPE', cell: (result) => result.type },
      { heading: 'ID', cell: ({ connectionId }) => connectionId, isWhole: true },
    ],
    (async function* pages() {
      yield results;
    })(),
  );
  const missing = results.filter(({ status }) => status === 404).length;
  if (missing > 0) {
    throw new CommandFailure('notFound', `${missing} of ${ids.length} connections do not exist.`);
  }
}
