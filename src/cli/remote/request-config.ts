import type { Client } from '../../client/client.ts';
import { CommandFailure } from '../exit-codes.ts';
import { asEtag, type GivenFields, objectFrom } from './given-fields.ts';
import { write, writeJson } from './output.ts';
import { openClient, type RemoteFlags, showObject } from './session.ts';
import { sourceNamed } from './sources.ts';

/** What a configuration is set on; neither: the organisation. */
interface PlaceFlags extends RemoteFlags {
  /** Its id. */
  readonly entitlement?: string;
  /** Its name or id. */
  readonly source?: string;
}

/** `muniment request-config get`: what is set, what is in force, where each value comes from, and the ETag. */
export async function getRequestConfig(flags: PlaceFlags): Promise<void> {
  const client = openClient(flags);
  const place = await placeOf(client, flags);
  const { body, etag } = await (place.noun === 'organisation'
    ? client.call('getAccessRequestConfig', {})
    : place.noun === 'source'
      ? client.call('getSourceEntitlementRequestConfigOrigins', { path: { id: place.id } })
      : client.call('getEntitlementRequestConfigOrigins', { path: { id: place.id } }));
  await showObject(flags, { ...body, etag });
}

/** `muniment request-config set`: values that are not given are inherited. */
export async function setRequestConfig(flags: PlaceFlags & GivenFields & { readonly ifMatch?: string }): Promise<void> {
  const body = await objectFrom(flags);
  const client = openClient(flags);
  const place = await placeOf(client, flags);
  const options = { ifMatch: asEtag(flags.ifMatch) };
  const answer = await (place.noun === 'organisation'
    ? client.call('setAccessRequestConfig', { body }, options)
    : place.noun === 'source'
      ? client.call('updateSourceEntitlementRequestConfig', { path: { id: place.id }, body }, options)
      : client.call('putEntitlementRequestConfig', { path: { id: place.id }, body }, options));
  await showObject(flags, { ...answer.body, etag: answer.etag });
}

/** `muniment request-config reset`: all values are inherited again. */
export async function resetRequestConfig(flags: PlaceFlags & { readonly ifMatch?: string }): Promise<void> {
  const client = openClient(flags);
  const place = await placeOf(client, flags);
  const options = { ifMatch: asEtag(flags.ifMatch) };
  if (place.noun === 'organisation') {
    throw new CommandFailure('wrongUse', 'Add --entitlement ID or --source NAME: the organisation inherits nothing.');
  }
  const name = place.noun === 'source' ? 'deleteSourceEntitlementRequestConfig' : 'deleteEntitlementRequestConfig';
  await client.call(name, { path: { id: place.id } }, options);
  await (flags.json === true ? writeJson({ id: place.id }) : write(`${place.id} inherits all values.\n`));
}

type Place = { readonly noun: 'organisation' } | { readonly noun: 'source' | 'entitlement'; readonly id: string };

async function placeOf(client: Client, { entitlement, source }: PlaceFlags): Promise<Place> {
  if (entitlement !== undefined) {
    return { noun: 'entitlement', id: entitlement };
  }
  return source === undefined
    ? { noun: 'organisation' }
    : { noun: 'source', id: (await sourceNamed(client, source)).id };
}
