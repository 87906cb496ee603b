import type { ClientAndOwner } from '../../storage/clients/clients.ts';
import type { Database } from '../../storage/database.ts';
import { BoundedMap } from '../oauth/bounded-map.ts';
import { findClient, refusalOf } from './clients.ts';
import { type Principal, type UserLevel, userLevels } from '../oauth/principal.ts';
import { narrowed } from '../oauth/scopes.ts';
import type { SigningKeys } from '../oauth/signing-keys.ts';
import { type AccessToken, invalidToken, verifyToken } from '../oauth/tokens.ts';

/** How long what is known about a client may be used, in milliseconds: so late at most is a revocation noticed. */
const stateLifetime = 5_000;
/** How many tokens, and how many clients, are kept. A token takes about 2 kB. */
const defaultCapacity = 5_000;

/** What was last read about a client and its owner; undefined: it does not exist. */
interface ClientState {
  readonly found: ClientAndOwner | undefined;
  /** When it was asked for, in UTC milliseconds. */
  readonly readAt: number;
}

/** A token that was verified, and who it stands for as long as its client's state is this one. */
interface Verified {
  /** The whole token as it was sent. */
  readonly text: string;
  readonly token: AccessToken;
  readonly state: ClientState;
  readonly principal: Principal;
}

/**
 * Who the bearers of access tokens are. A signature is verified once; what a client and its owner may do is read
 * again when older than 5 seconds, and after `forgetClient` or `forgetIdentity` at once.
 */
export class PrincipalCache {
  readonly #database: Database;
  readonly #keys: SigningKeys;
  /** By `keyOf` the token. */
  readonly #verified: BoundedMap<string, Verified>;
  readonly #states: BoundedMap<string, ClientState>;
  /** Reads under way, by client id, so that requests that arrive together share one. */
  readonly #reads = new Map<string, Promise<ClientState>>();

  constructor(database: Database, keys: SigningKeys, capacity: number = defaultCapacity) {
    this.#database = database;
    this.#keys = keys;
    this.#verified = new BoundedMap(capacity);
    this.#states = new BoundedMap(capacity);
  }

  /** The number of tokens that are kept. */
  get size(): number {
    return this.#verified.size;
  }

  /**
   * The bearer of a token: at once when the token was seen before, for no signature is verified and no database asked
   * then. Rejects with a 401 saying why the token is not accepted.
   */
  identify(token: string): Principal | Promise<Principal> {
    return this.#known(token) ?? this.#examine(token);
  }

  /** Call after a client was changed or deleted: its tokens are looked at again at their next use. */
  forgetClient(id: string): void {
    this.#states.delete(id);
    this.#reads.delete(id);
  }

  /** Call after an identity was changed: the tokens of its clients are looked at again at their next use. */
  forgetIdentity(id: string): void {
    this.#states.deleteWhere(({ found }) => found?.client.ownerId === id);
    this.#reads.clear();
  }

  #known(text: string): Principal | undefined {
    const verified = this.#verified.get(keyOf(text));
    if (verified?.text !== text) {
      return undefined;
    }
    const now = Date.now();
    const state = this.#states.get(verified.token.clientId);
    const isUsable =
      state === verified.state &&
      now - state.readAt < stateLifetime &&
      now < verified.token.expires &&
      now < (state.found?.client.expirationDate ?? Number.POSITIVE_INFINITY);
    return isUsable ? verified.principal : undefined;
  }

  async #examine(text: string): Promise<Principal> {
    const before = this.#verified.get(keyOf(text));
    const isStillValid = before?.text === text && Date.now() < before.token.expires;
    const token = isStillValid ? before.token : await verifyToken(this.#keys, text);
    const state = await this.#stateOf(token.clientId);
    const refusal = refusalOf(state.found, Date.now());
    if (state.found === undefined || refusal !== undefined) {
      this.#verified.delete(keyOf(text));
      throw invalidToken(`JWT was revoked: ${refusal}`);
    }
    const principal = principalOf(state.found, token);
    this.#verified.set(keyOf(text), { text, token, state, principal });
    return principal;
  }

  async #stateOf(clientId: string): Promise<ClientState> {
    const now = Date.now();
    const known = this.#states.get(clientId);
    if (known !== undefined && now - known.readAt < stateLifetime) {
      return known;
    }
    const underWay = this.#reads.get(clientId);
    if (underWay !== undefined) {
      return underWay;
    }
    const read = findClient(this.#database, clientId).then((found) => ({ found, readAt: now }));
    this.#reads.set(clientId, read);
    try {
      const state = await read;
      // A read that was forgotten meanwhile may have seen what was there before the change.
      if (this.#reads.get(clientId) === read) {
        this.#states.set(clientId, state);
      }
      return state;
    } finally {
      if (this.#reads.get(clientId) === read) {
        this.#reads.delete(clientId);
      }
    }
  }
}

/** The end of a token, which is its signature: looking that up is three times as fast as looking up the whole. */
function keyOf(text: string): string {
  return text.slice(-86);
}

function principalOf({ client, owner }: ClientAndOwner, token: AccessToken): Principal {
  return {
    clientId: client.id,
    identityId: owner?.id ?? null,
    name: owner?.name ?? client.name,
    scopes: narrowed(token.scopes, client.scope),
    userLevels: (owner?.capabilities ?? []).filter(isUserLevel),
  };
}

function isUserLevel(capability: string): capability is UserLevel {
  return (userLevels as readonly string[]).includes(capability);
}
