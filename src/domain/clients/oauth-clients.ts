import { illegalValue, notFound } from '../../errors.ts';
import type { Condition } from '../../list-query.ts';
import { type Client, insertClient, listClients, lockClient } from '../../storage/clients/clients.ts';
import type { Database } from '../../storage/database.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import {
  findClient,
  hashSecret,
  isClientId,
  newSecret,
  recordCreation,
  storeChange,
  storeDeletion,
} from './clients.ts';
import { newDashedId } from '../ids.ts';
import type { Caller } from '../oauth/caller.ts';
import { grantedScope } from '../oauth/scopes.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';

export const grantTypes = ['CLIENT_CREDENTIALS', 'AUTHORIZATION_CODE', 'REFRESH_TOKEN'] as const;
export const accessTypes = ['ONLINE', 'OFFLINE'] as const;
export const clientTypes = ['CONFIDENTIAL', 'PUBLIC'] as const;

type GrantType = (typeof grantTypes)[number];

/** The fields that only OAuth clients have, by the contract's names. */
export interface OauthClientDetails {
  readonly businessName: string | null;
  readonly homepageUrl: string | null;
  readonly description: string | null;
  readonly refreshTokenValiditySeconds: number;
  readonly redirectUris: readonly string[] | null;
  readonly grantTypes: readonly GrantType[];
  readonly accessType: (typeof accessTypes)[number];
  readonly type: (typeof clientTypes)[number];
  readonly internal: boolean;
  readonly strongAuthSupported: boolean;
  readonly claimsSupported: boolean;
}

/** A client that acts for itself or for the subject of each token. */
export interface OauthClient {
  readonly client: Client;
  readonly details: OauthClientDetails;
}

/** The fields that can be set. Fields that a new client omits get their defaults. */
export type OauthClientFields = { readonly [Name in keyof OauthClientDetails]?: OauthClientDetails[Name] | null } & {
  readonly name: string | null;
  readonly accessTokenValiditySeconds: number;
  readonly enabled: boolean;
  readonly scope?: readonly string[] | null;
};

/** All OAuth clients that match the condition, oldest first. */
export async function listOauthClients(database: Database, condition: Condition | undefined): Promise<OauthClient[]> {
  const found = await listClients(database.scan, 'OAUTH_CLIENT', undefined, condition);
  return found.map(({ client }) => oauthClientOf(client));
}

/** Returns one OAuth client. Throws 404. */
export async function getOauthClient(database: Database, id: string): Promise<OauthClient> {
  const client = await findClient(database, id);
  if (client?.kind !== 'OAUTH_CLIENT') {
    throw notFound('OAuth client', id);
  }
  return oauthClientOf(client);
}

/**
 * Creates an OAuth client and returns it with its secret, which is never shown again.
 * @throws 400 for an invalid value; 403 for a scope that the caller lacks
 */
export async function createOauthClient(
  database: Database,
  fields: OauthClientFields,
  caller: Caller,
  context: ChangeContext,
): Promise<OauthClient & { readonly secret: string }> {
  const secret = newSecret();
  const created = Date.now();
  const details = detailsOf(fields);
  const client: Client = {
    id: newDashedId(),
    kind: 'OAUTH_CLIENT',
    name: nameOf(fields),
    ownerId: null,
    secretHash: hashSecret(secret),
    scope: grantedScope(fields.scope, caller),
    accessTokenValiditySeconds: fields.accessTokenValiditySeconds,
    expirationDate: null,
    userAwareTokenNeverExpires: false,
    enabled: fields.enabled,
    details: { ...details },
    lastUsed: null,
    created,
    modified: created,
    version: 1,
  };
  await database.write(async (transaction) => {
    await insertClient(transaction, client);
    await recordCreation(transaction, client, context);
  });
  return { client, details, secret };
}

/**
 * Changes an OAuth client.
 * @param edit returns the new fields for the current client; may run more than once
 * @throws 404 for an unknown client, 412 for another version, 400 for an invalid value, 403 for a scope the caller lacks
 */
export async function changeOauthClient(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  edit: (client: OauthClient) => OauthClientFields,
  caller: Caller,
  context: ChangeContext,
): Promise<OauthClient> {
  return database.write(async (transaction) => {
    const before = isClientId(id) ? await lockClient(transaction, id) : undefined;
    if (before?.kind !== 'OAUTH_CLIENT') {
      throw notFound('OAuth client', id);
    }
    checkVersion(ifMatch, before.version);
    const fields = edit(oauthClientOf(before));
    const isSameScope = JSON.stringify(fields.scope) === JSON.stringify(before.scope);
    const edited: Client = {
      ...before,
      name: nameOf(fields),
      scope: isSameScope ? before.scope : grantedScope(fields.scope, caller),
      accessTokenValiditySeconds: fields.accessTokenValiditySeconds,
      enabled: fields.enabled,
      details: { ...detailsOf(fields) },
    };
    return oauthClientOf(await storeChange(transaction, before, edited, context));
  });
}

/** Deletes an OAuth client, whose tokens are rejected from now on. Throws 404. */
export async function deleteOauthClient(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  context: ChangeContext,
): Promise<void> {
  await database.write(async (transaction) => {
    const client = isClientId(id) ? await lockClient(transaction, id) : undefined;
    if (client?.kind !== 'OAUTH_CLIENT') {
      throw notFound('OAuth client', id);
    }
    checkVersion(ifMatch, client.version);
    await storeDeletion(transaction, client, context);
  });
}

/** Whether a client may request a token with its id and secret alone. */
export function mayUseClientCredentials(client: Client): boolean {
  return client.kind !== 'OAUTH_CLIENT' || oauthClientOf(client).details.grantTypes.includes('CLIENT_CREDENTIALS');
}

function oauthClientOf(client: Client): OauthClient {
  return { client, details: client.details as unknown as OauthClientDetails };
}

function nameOf({ name }: OauthClientFields): string {
  if (name === null) {
    throw illegalValue('Field "name" is null. It must be a string.');
  }
  refuseUnstorable(name, 'name');
  refuseBadName(name, 'name');
  return name;
}

function detailsOf(fields: OauthClientFields): OauthClientDetails {
  const details: OauthClientDetails = {
    businessName: fields.businessName ?? null,
    homepageUrl: fields.homepageUrl ?? null,
    description: fields.description ?? null,
    refreshTokenValiditySeconds: fields.refreshTokenValiditySeconds ?? 0,
    redirectUris: fields.redirectUris ?? null,
    grantTypes: fields.grantTypes ?? ['CLIENT_CREDENTIALS'],
    accessType: fields.accessType ?? 'OFFLINE',
    type: fields.type ?? 'CONFIDENTIAL',
    internal: fields.internal ?? false,
    strongAuthSupported: fields.strongAuthSupported ?? false,
    claimsSupported: fields.claimsSupported ?? false,
  };
  refuseUnstorable(details, '');
  return details;
}
