import { badRequestContent, forbidden, illegalValue, notFound } from '../../errors.ts';
import type { Condition } from '../../list-query.ts';
import type { Database } from '../../storage/database.ts';
import { type Client, countTokensOf, insertClient, listClients, lockClient } from '../../storage/clients/clients.ts';
import { lockIdentity } from '../../storage/identities/identities.ts';
import type { ChangeContext } from '../changes/change-context.ts';
import { hashSecret, isClientId, newSecret, recordCreation, storeChange, storeDeletion } from './clients.ts';
import { newId } from '../ids.ts';
import type { Caller } from '../oauth/caller.ts';
import { grantedScope, holdsOneOf } from '../oauth/scopes.ts';
import { shownValue } from '../shown-value.ts';
import { refuseBadName, refuseUnstorable } from '../storable.ts';
import { checkVersion } from '../version.ts';

/** The maximum number of personal access tokens per identity (contract B.8). */
const tokensPerPerson = 10;
/** The maximum and default validity of an access token, in seconds (contract B.8). */
export const longestValidity = 43_200;
/** The default lifetime of a token, in months. */
const defaultMonths = 6;
/** The latest time that every client can parse as a date, in UTC milliseconds. */
export const lastMoment = Date.UTC(9999, 0, 1);

const readAll = ['sp:all-personal-access-tokens:read', 'sp:all-personal-access-tokens:manage'];
const manageAll = ['sp:all-personal-access-tokens:manage'];

/** A personal access token: a client that acts for its owner. */
export interface PersonalAccessToken {
  readonly client: Client;
  readonly owner: { readonly id: string; readonly name: string };
}

/** The fields that its owner may set. A new token needs only a name. */
export interface PersonalAccessTokenFields {
  readonly name: string;
  readonly scope?: readonly string[] | null;
  readonly accessTokenValiditySeconds?: number | null;
  /** RFC 3339. */
  readonly expirationDate?: string | null;
  readonly userAwareTokenNeverExpires?: boolean | null;
}

/**
 * Lists the tokens of one identity, or of all.
 * @param owner an identity's id, `me`, or undefined for all
 * @throws 403 if they are not the caller's and the caller may not see all
 */
export async function listPersonalAccessTokens(
  database: Database,
  owner: string | undefined,
  condition: Condition | undefined,
  caller: Caller,
): Promise<PersonalAccessToken[]> {
  const ownerId = owner === 'me' ? personOf(caller) : owner;
  if (ownerId !== personOf(caller) && !mayActOnAll(caller, readAll)) {
    throw forbidden(
      `The tokens of others are for users of level ORG_ADMIN whose token has one of the scopes ${readAll.join(', ')}. Send owner-id=me for your own.`,
    );
  }
  const found = await listClients(database.scan, 'PERSONAL_ACCESS_TOKEN', ownerId, condition);
  return found.map(({ client, ownerName }) => ({
    client,
    owner: { id: client.ownerId ?? '', name: ownerName ?? '' },
  }));
}

/**
 * Creates a token for the caller and returns it with its secret, which is never shown again.
 * @param mayOmitExpiry whether a null `expirationDate` means the default without an explicit confirmation (families
 *   without `userAwareTokenNeverExpires`)
 * @throws 400 for an invalid value or if the caller has ten tokens; 403 for a scope the caller lacks
 */
export async function createPersonalAccessToken(
  database: Database,
  fields: PersonalAccessTokenFields,
  mayOmitExpiry: boolean,
  caller: Caller,
  context: ChangeContext,
): Promise<PersonalAccessToken & { readonly secret: string }> {
  const ownerId = personOf(caller);
  checkName(fields.name);
  const secret = newSecret();
  const created = Date.now();
  const isAware = fields.userAwareTokenNeverExpires ?? false;
  const client: Client = {
    id: newId(),
    kind: 'PERSONAL_ACCESS_TOKEN',
    name: fields.name,
    ownerId,
    secretHash: hashSecret(secret),
    scope: grantedScope(fields.scope, caller),
    accessTokenValiditySeconds: fields.accessTokenValiditySeconds ?? longestValidity,
    expirationDate: firstExpiry(fields.expirationDate, isAware, mayOmitExpiry, created),
    userAwareTokenNeverExpires: isAware,
    enabled: true,
    details: {},
    lastUsed: null,
    created,
    modified: created,
    version: 1,
  };
  return database.write(async (transaction) => {
    const owner = await lockIdentity(transaction, ownerId);
    if (owner === undefined) {
      throw notFound('identity', ownerId);
    }
    const number = await countTokensOf(transaction, ownerId);
    if (number >= tokensPerPerson) {
      throw badRequestContent(
        `${owner.name} has ${number} personal access tokens. At most ${tokensPerPerson} are allowed: delete one first.`,
      );
    }
    await insertClient(transaction, client);
    await recordCreation(transaction, client, context);
    return { client, owner: { id: owner.id, name: owner.name }, secret };
  });
}

/**
 * Changes one of the caller's own tokens.
 * @param edit returns the new fields for the current token; may run more than once
 * @throws 404 for an unknown token, 403 for another owner's, 412 for another version, 400 for an invalid value
 */
export async function changePersonalAccessToken(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  edit: (token: PersonalAccessToken) => PersonalAccessTokenFields,
  caller: Caller,
  context: ChangeContext,
): Promise<PersonalAccessToken> {
  const personId = personOf(caller);
  return database.write(async (transaction) => {
    const before = isClientId(id) ? await lockClient(transaction, id) : undefined;
    if (before?.kind !== 'PERSONAL_ACCESS_TOKEN') {
      throw notFound('personal access token', id);
    }
    if (before.ownerId !== personId) {
      throw forbidden('Only its owner can change a personal access token.');
    }
    checkVersion(ifMatch, before.version);
    const owner = { id: personId, name: caller.name };
    const after = await storeChange(
      transaction,
      before,
      edited(before, edit({ client: before, owner }), caller),
      context,
    );
    return { client: after, owner };
  });
}

/** Deletes a token, which is rejected from now on. Throws 404, and 403 for another owner's. */
export async function deletePersonalAccessToken(
  database: Database,
  id: string,
  ifMatch: number | undefined,
  caller: Caller,
  context: ChangeContext,
): Promise<void> {
  const personId = personOf(caller);
  await database.write(async (transaction) => {
    const client = isClientId(id) ? await lockClient(transaction, id) : undefined;
    if (client?.kind !== 'PERSONAL_ACCESS_TOKEN') {
      throw notFound('personal access token', id);
    }
    if (client.ownerId !== personId && !mayActOnAll(caller, manageAll)) {
      throw forbidden(
        `The tokens of others are for users of level ORG_ADMIN whose token has the scope ${manageAll.join(', ')}.`,
      );
    }
    checkVersion(ifMatch, client.version);
    await storeDeletion(transaction, client, context);
  });
}

function edited(before: Client, fields: PersonalAccessTokenFields, caller: Caller): Client {
  const isAware = fields.userAwareTokenNeverExpires ?? false;
  const expiry = fields.expirationDate ?? null;
  const isSame = expiry === (before.expirationDate === null ? null : new Date(before.expirationDate).toISOString());
  if (expiry === null && !isAware) {
    throw needsAwareness();
  }
  checkName(fields.name);
  const isSameScope = JSON.stringify(fields.scope) === JSON.stringify(before.scope);
  return {
    ...before,
    name: fields.name,
    scope: isSameScope ? before.scope : grantedScope(fields.scope, caller),
    accessTokenValiditySeconds: fields.accessTokenValiditySeconds ?? longestValidity,
    expirationDate: isSame ? before.expirationDate : expiry === null ? null : futureDate(expiry, Date.now()),
    userAwareTokenNeverExpires: isAware,
  };
}

function checkName(name: string): void {
  refuseUnstorable(name, 'name');
  refuseBadName(name, 'name');
}

function firstExpiry(
  received: string | null | undefined,
  isAware: boolean,
  mayOmitExpiry: boolean,
  created: number,
): number | null {
  if (typeof received === 'string') {
    return futureDate(received, created);
  }
  if (isAware) {
    return null;
  }
  if (received === null && !mayOmitExpiry) {
    throw needsAwareness();
  }
  const date = new Date(created);
  date.setUTCMonth(date.getUTCMonth() + defaultMonths);
  return date.getTime();
}

function needsAwareness(): Error {
  return illegalValue(
    'Field "expirationDate" is null. A token that never expires needs "userAwareTokenNeverExpires": true; otherwise it must be a date and time in the future.',
  );
}

function futureDate(text: string, now: number): number {
  const time = Date.parse(text);
  if (!(time > now && time <= lastMoment)) {
    throw illegalValue(
      `Field "expirationDate" is ${shownValue(text)}. It must be a date and time in the future, before the year 9999.`,
    );
  }
  return time;
}

function mayActOnAll(caller: Caller, scopes: readonly string[]): boolean {
  // Users can create a token of their own with any scope, so the scope alone proves nothing.
  return caller.userLevels.includes('ORG_ADMIN') && holdsOneOf(caller.scopes, scopes);
}

function personOf(caller: Caller): string {
  if (caller.subjectId === null) {
    throw forbidden(
      `Client "${caller.name}" does not act for an identity, and only identities have personal access tokens.`,
    );
  }
  return caller.subjectId;
}
