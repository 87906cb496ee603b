import { LRUCache } from 'lru-cache';
import type { Client } from '../../storage/clients/clients.ts';
import type { Database } from '../../storage/database.ts';
import { findClient, findSubject, refusalOf } from './clients.ts';
import { type RecentRead, RecentReads } from './recent-reads.ts';
import { type Caller, type Subject, userLevelsOf } from '../oauth/caller.ts';
import { narrowed } from '../oauth/scopes.ts';
import type { SigningKeys } from '../oauth/signing-keys.ts';
import { type AccessToken, invalidToken, verifyToken } from '../oauth/tokens.ts';

/** How long a cached client or subject may be used, in milliseconds. */
const lifetime = 5_000;
/** The maximum number of cached tokens, clients and subjects each. A token takes about 2 kB. */
const defaultCapacity = 5_000;

/** A verified token and its caller, valid while the cached client and subject are fresh. */
interface Verified {
  /** The complete token as it was sent. */
  readonly text: string;
  readonly token: AccessToken;
  readonly client: RecentRead<Client>;
  /** Undefined for a token without a subject. */
  readonly subject: RecentRead<Subject> | undefined;
  /** Until when token and client are both valid, in UTC milliseconds. */
  readonly expires: number;
  readonly caller: Caller;
}

/**
 * The callers of access tokens. A signature is verified once; the rights of a client and a subject are read again when
 * older than 5 seconds, and immediately after a write of this process that changed them.
 */
export class CallerCache {
  readonly #keys: SigningKeys;
  /** By `keyOf` the token. */
  readonly #verified: LRUCache<string, Verified>;
  readonly #clients: RecentReads<Client>;
  readonly #subjects: RecentReads<Subject>;

  constructor(database: Database, keys: SigningKeys, capacity: number = defaultCapacity) {
    this.#keys = keys;
    this.#verified = new LRUCache({ max: capacity });
    this.#clients = new RecentReads((id) => findClient(database, id), lifetime, capacity);
    this.#subjects = new RecentReads((id) => findSubject(database, id), lifetime, capacity);
    database.onCommit((changed) => {
      for (const { objectType, objectId } of changed) {
        (objectType === 'CLIENT' ? this.#clients : this.#subjects).forget(objectId);
      }
    });
  }

  /** The number of cached tokens. */
  get size(): number {
    return this.#verified.size;
  }

  /**
   * Returns the caller of a token, without a promise if it is cached: then no signature is verified and nothing is read.
   * Rejects with a 401 that says why the token is not accepted.
   */
  identify(token: string): Caller | Promise<Caller> {
    return this.#known(token) ?? this.#examine(token);
  }

  #known(text: string): Caller | undefined {
    const verified = this.#verified.get(keyOf(text));
    if (verified?.text !== text) {
      return undefined;
    }
    const now = Date.now();
    const { client, subject, expires, caller } = verified;
    const isUsable =
      now < expires &&
      this.#clients.isFresh(client, now) &&
      (subject === undefined || this.#subjects.isFresh(subject, now));
    return isUsable ? caller : undefined;
  }

  async #examine(text: string): Promise<Caller> {
    const before = this.#verified.get(keyOf(text));
    const isStillValid = before?.text === text && Date.now() < before.token.expires;
    const token = isStillValid ? before.token : await verifyToken(this.#keys, text);
    const [client, subject] = await Promise.all([
      this.#clients.get(token.clientId),
      token.subjectId === null ? undefined : this.#subjects.get(token.subjectId),
    ]);
    const person = subject === undefined ? null : subject.value;
    const refusal = refusalOf(client.value, person, Date.now());
    if (client.value === undefined || person === undefined || refusal !== undefined) {
      this.#verified.delete(keyOf(text));
      throw invalidToken(`JWT was revoked: ${refusal}`);
    }
    const expires = Math.min(token.expires, client.value.expirationDate ?? token.expires);
    const caller = callerOf(client.value, person, token);
    this.#verified.set(keyOf(text), { text, token, client, subject, expires, caller });
    return caller;
  }
}

/** The end of a token, which is its signature: looking it up is three times as fast as looking up the whole token. */
function keyOf(text: string): string {
  return text.slice(-86);
}

function callerOf(client: Client, subject: Subject | null, token: AccessToken): Caller {
  return {
    clientId: client.id,
    subjectId: subject?.id ?? null,
    name: subject?.name ?? client.name,
    scopes: narrowed(token.scopes, client.scope),
    userLevels: subject === null ? [] : userLevelsOf(subject),
  };
}
