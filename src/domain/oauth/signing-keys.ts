import { exportJWK, generateKeyPair, importJWK, type JWK, type CryptoKey } from 'jose';
import { type ChangeOrigin, recordChanges } from '../../storage/changes/changes.ts';
import type { Database } from '../../storage/database.ts';
import {
  deleteSigningKeys,
  findSigningKey,
  insertSigningKey,
  listSigningKeys,
  retireSigningKeys,
  type StoredSigningKey,
} from '../../storage/oauth/signing-keys.ts';
import { newId } from '../ids.ts';

/** The signature algorithm of every token: ECDSA with P-256 and SHA-256 (RFC 7518 §3.4). */
export const signatureAlgorithm = 'ES256';

/** A rotation is done by the operator, who is not an identity. */
const byCommand: ChangeOrigin = { actorId: null, clientId: null, taskId: null, trackingId: null };

/** How long a process uses cached keys, in milliseconds: the maximum delay until it notices a rotation. */
const knownFor = 60_000;
/** The longest configurable lifetime of an access token, in milliseconds. */
const longestLifetime = 86_400_000;

interface SigningKey {
  readonly id: string;
  readonly key: CryptoKey;
}

interface KnownKeys {
  readonly readAt: number;
  readonly signing: SigningKey;
}

/**
 * The key pairs that sign and verify access tokens. They are stored in the database including the private keys, so that
 * they survive a restart and serve every process; only the owner can read SQLite's file (0600).
 */
export class SigningKeys {
  readonly #database: Database;
  readonly #verifying = new Map<string, { readonly key: CryptoKey; readonly readAt: number }>();
  #known: KnownKeys | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The key to sign with. */
  async signingKey(): Promise<SigningKey> {
    const now = Date.now();
    if (this.#known === undefined || now - this.#known.readAt > knownFor) {
      this.#known = { readAt: now, signing: await this.#readSigningKey() };
    }
    return this.#known.signing;
  }

  /** Returns the key with this id to verify with; undefined if there is none, or if no valid token is signed with it. */
  async verifyingKey(id: string): Promise<CryptoKey | undefined> {
    const now = Date.now();
    const known = this.#verifying.get(id);
    if (known !== undefined && now - known.readAt <= knownFor) {
      return known.key;
    }
    // An unknown id is looked up each time, because another process may just have created that key.
    const stored = /^[0-9a-f]{32}$/.test(id) ? await findSigningKey(this.#database.keyed, id) : undefined;
    if (stored === undefined || !verifies(stored, now)) {
      this.#verifying.delete(id);
      return undefined;
    }
    const key = known?.key ?? (await importKey(stored.publicKey));
    this.#verifying.set(id, { key, readAt: now });
    return key;
  }

  /** The public keys with which tokens can be verified (RFC 7517 §5), newest first. */
  async publicKeys(): Promise<JWK[]> {
    const now = Date.now();
    const keys = await listSigningKeys(this.#database.keyed);
    return keys.filter((key) => verifies(key, now)).map((key) => publicJwk(key));
  }

  async #readSigningKey(): Promise<SigningKey> {
    const stored = (await listSigningKeys(this.#database.keyed)).find((key) => key.retired === null);
    if (stored === undefined) {
      throw new Error('The database has no signing key.');
    }
    const same = this.#known?.signing.id === stored.id ? this.#known.signing : undefined;
    return same ?? { id: stored.id, key: await importKey(stored.privateKey) };
  }
}

/** Opens the keys of a database. Creates the first one if there is none. */
export async function loadSigningKeys(database: Database): Promise<SigningKeys> {
  const keys = await listSigningKeys(database.keyed);
  if (!keys.some((key) => key.retired === null)) {
    // Two processes that start concurrently may create one each: both verify, and the newest signs.
    const made = await newSigningKey();
    await database.write((transaction) => insertSigningKey(transaction, made));
  }
  return new SigningKeys(database);
}

/**
 * Creates a new signing key and returns its id. The old one signs no new tokens (in other processes after at most a
 * minute) and verifies until the tokens signed with it have expired. The change of each key is recorded.
 */
export async function rotateSigningKey(database: Database): Promise<string> {
  const made = await newSigningKey();
  const now = made.created;
  await database.write(async (transaction) => {
    const retired = await retireSigningKeys(transaction, now);
    const deleted = await deleteSigningKeys(transaction, now - longestLifetime - knownFor);
    await insertSigningKey(transaction, made);
    const retirement = { before: { retired: null }, after: { retired: new Date(now).toISOString() } };
    const changes = [
      ...deleted.map((id) => ({ objectId: id, kind: 'deleted' as const, before: {}, after: null })),
      ...retired.map((id) => ({ objectId: id, kind: 'updated' as const, ...retirement })),
      { objectId: made.id, kind: 'created' as const, before: null, after: { algorithm: signatureAlgorithm } },
    ];
    await recordChanges(
      transaction,
      byCommand,
      now,
      changes.map((change) => ({ objectType: 'SIGNING_KEY', ...change })),
    );
  });
  return made.id;
}

/** Whether a token signed with the key may still be valid. */
function verifies(key: StoredSigningKey, now: number): boolean {
  return key.retired === null || now < key.retired + knownFor + longestLifetime;
}

async function newSigningKey(): Promise<StoredSigningKey> {
  const pair = await generateKeyPair(signatureAlgorithm, { extractable: true });
  return {
    id: newId(),
    privateKey: JSON.stringify(await exportJWK(pair.privateKey)),
    publicKey: JSON.stringify(await exportJWK(pair.publicKey)),
    created: Date.now(),
    retired: null,
  };
}

async function importKey(jwk: string): Promise<CryptoKey> {
  const key = await importJWK(JSON.parse(jwk) as JWK, signatureAlgorithm);
  if (key instanceof Uint8Array) {
    throw new Error('A stored signing key is not an asymmetric key.');
  }
  return key;
}

function publicJwk({ id, publicKey }: StoredSigningKey): JWK {
  const { kty, crv, x, y } = JSON.parse(publicKey) as { kty: string; crv: string; x: string; y: string };
  return { kty, crv, x, y, kid: id, alg: signatureAlgorithm, use: 'sig' };
}
