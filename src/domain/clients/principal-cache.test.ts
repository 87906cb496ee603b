import { createHash } from 'node:crypto';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clientOf } from '../../../tests/support/clients.ts';
import { describeStorage } from '../../../tests/support/engines.ts';
import { type Client, deleteClient, insertClient, updateClient } from '../../storage/clients/clients.ts';
import type { Database } from '../../storage/database.ts';
import { insertIdentity, updateCapabilities } from '../../storage/identities/identities.ts';
import { newId } from '../ids.ts';
import { PrincipalCache } from './principal-cache.ts';
import { loadSigningKeys, type SigningKeys } from '../oauth/signing-keys.ts';
import { issueToken } from '../oauth/tokens.ts';

const issuer = { url: 'http://localhost', tenantId: 't', org: 'o', pod: 'p', lifetime: 749 };

/** A database that counts its reads by key. */
function counting(database: Database): { database: Database; reads: () => number } {
  let reads = 0;
  const counted = {
    get keyed() {
      reads += 1;
      return database.keyed;
    },
  };
  return { database: Object.setPrototypeOf(counted, database) as Database, reads: () => reads };
}

describeStorage('principal cache', (database) => {
  let keys: SigningKeys;
  let client: Client;
  let ownerId: string;

  beforeAll(async () => {
    keys = await loadSigningKeys(database());
  });
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    ownerId = newId();
    ({ client } = clientOf({ id: newId(), ownerId }));
    await database().write(async (transaction) => {
      await insertIdentity(transaction, {
        id: ownerId,
        alias: ownerId,
        name: 'Ada Lovelace',
        email: null,
        attributes: {},
        capabilities: ['HELPDESK', 'das:ui-auditor'],
        created: 1,
        modified: 1,
        version: 1,
      });
      await insertClient(transaction, client);
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function token(): Promise<string> {
    const owner = { id: ownerId, name: 'Ada Lovelace', capabilities: [] };
    return (await issueToken(keys, issuer, { client, owner })).token;
  }
  async function change(differences: Partial<Client>): Promise<void> {
    client = { ...client, ...differences };
    await database().write((transaction) => updateClient(transaction, client));
  }

  test('a token is looked up once and then known at once', async () => {
    const { database: counted, reads } = counting(database());
    const cache = new PrincipalCache(counted, keys);
    const text = await token();
    const principal = await cache.identify(text);
    expect(principal).toEqual({
      clientId: client.id,
      identityId: ownerId,
      name: 'Ada Lovelace',
      scopes: ['sp:scopes:all'],
      userLevels: ['HELPDESK'],
    });
    const before = reads();
    // Not even a promise: nothing is waited for.
    expect(cache.identify(text)).toBe(principal);
    expect(reads()).toBe(before);
  });

  test('requests that arrive together share one look at the client', async () => {
    const { database: counted, reads } = counting(database());
    const cache = new PrincipalCache(counted, keys);
    const text = await token();
    await Promise.all(Array.from({ length: 20 }, () => cache.identify(text)));
    expect(reads()).toBe(1);
  });

  test('a deleted client is refused within 5 seconds, and at once where it is told', async () => {
    const [here, elsewhere] = [new PrincipalCache(database(), keys), new PrincipalCache(database(), keys)];
    const text = await token();
    await Promise.all([here.identify(text), elsewhere.identify(text)]);
    await database().write((transaction) => deleteClient(transaction, client.id));
    here.forgetClient(client.id);
    await expect(here.identify(text)).rejects.toThrow(
      'JWT validation failed: JWT was revoked: the client does not exist any more',
    );
    expect((await elsewhere.identify(text)).clientId).toBe(client.id);
    vi.setSystemTime(Date.now() + 5_000);
    await expect(elsewhere.identify(text)).rejects.toMatchObject({ status: 401 });
  });

  test('a change that comes while the client is being read is not overlooked', async () => {
    const cache = new PrincipalCache(database(), keys);
    const text = await token();
    await cache.identify(text);
    vi.setSystemTime(Date.now() + 6_000);
    const early = Promise.resolve(cache.identify(text)).catch(() => undefined);
    await change({ enabled: false });
    cache.forgetClient(client.id);
    await early;
    await expect(cache.identify(text)).rejects.toThrow('client "Test" is disabled');
  });

  test('a disabled or expired client and one whose owner is gone are refused', async () => {
    const cache = new PrincipalCache(database(), keys);
    const text = await token();
    await change({ expirationDate: Date.now() + 2_000 });
    await cache.identify(text);
    vi.setSystemTime(Date.now() + 2_000);
    await expect(cache.identify(text)).rejects.toThrow('client "Test" expired on ');
    await change({ expirationDate: null, ownerId: newId() });
    cache.forgetClient(client.id);
    await expect(cache.identify(text)).rejects.toThrow('the owner of client "Test" does not exist any more');
  });

  test('scopes taken from the client are taken from its tokens; others are not added', async () => {
    const cache = new PrincipalCache(database(), keys);
    await change({ scope: ['a', 'b'] });
    const text = await token();
    expect((await cache.identify(text)).scopes).toEqual(['a', 'b']);
    await change({ scope: ['b', 'c'] });
    cache.forgetClient(client.id);
    expect((await cache.identify(text)).scopes).toEqual(['b']);
    await change({ scope: ['sp:scopes:all'] });
    cache.forgetClient(client.id);
    expect((await cache.identify(text)).scopes).toEqual(['a', 'b']);
    const wide = await token();
    await change({ scope: ['d'] });
    cache.forgetClient(client.id);
    expect((await cache.identify(wide)).scopes).toEqual(['d']);
  });

  test('new user levels count at once where it is told', async () => {
    const cache = new PrincipalCache(database(), keys);
    const text = await token();
    await cache.identify(text);
    await database().write((transaction) =>
      updateCapabilities(transaction, { id: ownerId, capabilities: ['CERT_ADMIN'], modified: 2, version: 2 }),
    );
    cache.forgetIdentity(newId());
    expect((await cache.identify(text)).userLevels).toEqual(['HELPDESK']);
    cache.forgetIdentity(ownerId);
    expect((await cache.identify(text)).userLevels).toEqual(['CERT_ADMIN']);
  });

  test('a token that is known expires all the same', async () => {
    const cache = new PrincipalCache(database(), keys);
    const text = await token();
    await cache.identify(text);
    vi.setSystemTime(Date.now() + 750_000);
    await expect(cache.identify(text)).rejects.toThrow('JWT validation failed: JWT is expired');
  });

  test('no more tokens are kept than there is room for', async () => {
    const cache = new PrincipalCache(database(), keys, 3);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => token()));
    for (const text of tokens) {
      await cache.identify(text);
    }
    expect(cache.size).toBe(3);
    expect((await cache.identify(tokens[0] ?? '')).clientId).toBe(client.id);
  });

  test('the signature of a known token vouches for no other content', async () => {
    const cache = new PrincipalCache(database(), keys);
    const text = await token();
    await cache.identify(text);
    const [header = '', payload = '', signature = ''] = text.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const other = base64url.encode(JSON.stringify({ ...claims, scope: ['x'] }));
    await expect(Promise.resolve(cache.identify(`${header}.${other}.${signature}`))).rejects.toThrow(
      'JWT signature does not match its content',
    );
    expect((await cache.identify(text)).clientId).toBe(client.id);
  });

  test('tokens that were tampered with are refused, and say how', async () => {
    const cache = new PrincipalCache(database(), keys);
    const text = await token();
    const [header = '', payload = '', signature = ''] = text.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const encoded = (value: object): string => base64url.encode(JSON.stringify(value));
    const { id: kid, key } = await keys.signingKey();
    const signed = (content: Record<string, unknown>, head: object): Promise<string> =>
      new SignJWT(content).setProtectedHeader({ alg: 'ES256', kid, ...head }).sign(key);
    const hmac = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(
      createHash('sha256')
        .update(JSON.stringify(await keys.publicKeys()))
        .digest(),
    );

    const broken: [string, RegExp][] = [
      ['', /malformed/],
      ['abc', /malformed/],
      ['a.b.c', /malformed/],
      [`${text}.x`, /malformed/],
      ['é'.repeat(20_000), /malformed/],
      [`${header}.${payload}.${signature.slice(4)}`, /signature does not match/],
      [`${header}.${encoded({ ...claims, scope: ['x'] })}.${signature}`, /signature does not match/],
      [new UnsecuredJWT(claims).encode(), /must be signed with ES256|malformed/],
      [`${encoded({ alg: 'none' })}.${payload}.`, /must be signed with ES256|malformed/],
      [hmac, /must be signed with ES256/],
      [await signed(claims, { kid: 'f'.repeat(32) }), /key that this server does not know/],
      [await signed(claims, { kid: '../../etc' }), /key that this server does not know/],
      [await signed(claims, { kid: undefined }), /key that this server does not know/],
      [await signed({ ...claims, exp: 1 }, {}), /JWT is expired/],
      [await signed({ ...claims, exp: undefined }, {}), /malformed/],
      [await signed({ ...claims, client_id: 7 }, {}), /malformed/],
      [await signed({ ...claims, client_id: 'a\0b' }, {}), /the client does not exist/],
      [await signed({ ...claims, scope: 'all' }, {}), /malformed/],
    ];
    for (const [bad, reason] of broken) {
      await expect(Promise.resolve(cache.identify(bad)), bad.slice(0, 80)).rejects.toThrow(reason);
    }
    expect(cache.size).toBe(0);
  });
});
