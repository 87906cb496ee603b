import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database, Transaction } from '../../storage/database.ts';
import { type ChangeOrigin, difference, recordChanges } from '../../storage/changes/changes.ts';
import {
  type Client,
  deleteClient,
  findClient as findStoredClient,
  noteUse,
  updateClient,
} from '../../storage/clients/clients.ts';
import { findIdentity } from '../../storage/identities/identities.ts';
import type { Subject } from '../oauth/caller.ts';

export type { Client } from '../../storage/clients/clients.ts';

/** The minimum time between two recordings of a client's last use, in milliseconds. */
const useInterval = 60_000;

/** The ids of personal access tokens have 32 hex digits, those of OAuth clients are dashed UUIDs. */
const idForm = /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The ids of identities have 32 hex digits. */
const subjectForm = /^[0-9a-f]{32}$/;

/** A new secret: 256 random bits as 64 hex digits. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** The stored hash of a secret. Secrets are random and long, so one round of SHA-256 cannot be reversed by guessing. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Compares in constant time. */
function isSecretOf(hash: string, secret: string): boolean {
  const received = createHash('sha256').update(secret, 'utf8').digest();
  const expected = Buffer.from(hash, 'hex');
  return expected.length === received.length && timingSafeEqual(expected, received);
}

/** Returns a client by its id, or undefined, also if the text is not a valid id. */
export async function findClient(database: Database, id: string): Promise<Client | undefined> {
  return idForm.test(id) ? findStoredClient(database.keyed, id) : undefined;
}

/** Returns the client with this id and secret, or undefined. It may be disabled or expired: see `refusalOf`. */
export async function findByCredentials(database: Database, id: string, secret: string): Promise<Client | undefined> {
  const client = await findClient(database, id);
  // Always compares something, so that the time does not reveal whether the id exists.
  return isSecretOf(client?.secretHash ?? '0'.repeat(64), secret) ? client : undefined;
}

/** Returns an identity as the subject of tokens, or undefined, also if the text is not a valid id. */
export async function findSubject(database: Database, id: string): Promise<Subject | undefined> {
  const identity = subjectForm.test(id) ? await findIdentity(database.keyed, id) : undefined;
  return identity && { id, name: identity.name, capabilities: identity.capabilities };
}

/**
 * The subject of a client that uses its own credentials (RFC 6749 §4.4): the owner of a personal access token; null for
 * an OAuth client, which acts for itself. Undefined if the owner no longer exists.
 */
export async function findOwnSubject(database: Database, { ownerId }: Client): Promise<Subject | null | undefined> {
  return ownerId === null ? null : findSubject(database, ownerId);
}

/**
 * Why a client must be rejected now, as a clause; undefined if it is accepted.
 * @param client undefined if it does not exist
 * @param subject null if the client acts for itself, undefined if the subject does not exist
 */
export function refusalOf(
  client: Client | undefined,
  subject: Subject | null | undefined,
  time: number,
): string | undefined {
  if (client === undefined) {
    return 'the client no longer exists';
  }
  const { name, expirationDate, ownerId } = client;
  if (!client.enabled) {
    return `client "${name}" is disabled`;
  }
  if (expirationDate !== null && expirationDate <= time) {
    return `client "${name}" expired on ${new Date(expirationDate).toISOString()}`;
  }
  if (subject === undefined) {
    return `the user for whom client "${name}" acts no longer exists`;
  }
  if (ownerId !== null && ownerId !== subject?.id) {
    return `client "${name}" acts for another user`;
  }
  return undefined;
}

/** Records that a client was used now, at most once a minute. */
export async function recordUse(database: Database, client: Client, time: number): Promise<void> {
  const since = time - useInterval;
  if (client.lastUsed === null || client.lastUsed < since) {
    await database.write((transaction) => noteUse(transaction, client.id, time, since));
  }
}

/** The fields of a client in the change record, without its secret. */
function recorded(client: Client): Record<string, unknown> {
  const { id: _id, secretHash: _hash, lastUsed: _used, created: _c, modified: _m, version: _v, ...rest } = client;
  return rest;
}

export async function recordCreation(transaction: Transaction, client: Client, origin: ChangeOrigin): Promise<void> {
  await recordChanges(transaction, origin, client.created, [
    { objectType: 'CLIENT', objectId: client.id, kind: 'created', before: null, after: recorded(client) },
  ]);
}

/** Stores and records a changed client and returns it. Writes nothing if nothing has changed. */
export async function storeChange(
  transaction: Transaction,
  before: Client,
  edited: Client,
  origin: ChangeOrigin,
): Promise<Client> {
  const changed = difference(recorded(before), recorded(edited));
  if (changed === undefined) {
    return before;
  }
  const after = { ...edited, modified: Date.now(), version: before.version + 1 };
  await updateClient(transaction, after);
  await recordChanges(transaction, origin, after.modified, [
    { objectType: 'CLIENT', objectId: after.id, kind: 'updated', ...changed },
  ]);
  return after;
}

export async function storeDeletion(transaction: Transaction, client: Client, origin: ChangeOrigin): Promise<void> {
  await deleteClient(transaction, client.id);
  await recordChanges(transaction, origin, Date.now(), [
    { objectType: 'CLIENT', objectId: client.id, kind: 'deleted', before: recorded(client), after: null },
  ]);
}

/** Whether a text is a valid client id. */
export function isClientId(text: string): boolean {
  return idForm.test(text);
}
