import { createHash } from 'node:crypto';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clientOf } from '../../../tests/support/clients.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { type Client, insertClient } from '../../storage/clients/clients.ts';
import type { Database } from '../../storage/database.ts';
import { insertIdentity } from '../../storage/identities/identities.ts';
import { migrate } from '../../storage/migrate.ts';
import { openDatabase } from '../../storage/open-database.ts';
import { assignCapabilities } from '../identities/auth-users.ts';
import { deleteIdentity } from '../identities/delete-identity.ts';
import { newId } from '../ids.ts';
import type { Subject } from '../oauth/caller.ts';
import { CallerCache } from './caller-cache.ts';
import { findSubject, storeChange, storeDeletion } from './clients.ts';
import { loadSigningKeys, type SigningKeys } from '../oauth/signing-keys.ts';
import { issueToken } from '../oauth/tokens.ts';

const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };
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

describeOnEngines('caller cache', (make) => {
  let empty: EmptyDatabase;
  let database: Database;
  let keys: SigningKeys;
  let client: Client;
  let ownerId: string;

  beforeAll(async () => {
    empty = await make();
    database = await openDatabase({ url: empty.url, readers: 1 });
    await migrate(database);
    keys = await loadSigningKeys(database);
  });
  afterAll(async () => {
    await database.close();
    await empty.remove();
  });
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    ownerId = await addIdentity('Ada Lovelace', ['HELPDESK', 'das:ui-auditor']);
    client = await addClient({ ownerId });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function addIdentity(name: string, capabilities: readonly string[]): Promise<string> {
    const id = newId();
    const person = { id, alias: id, name, email: null, attributes: {}, capabilities };
    await database.write((transaction) =>
      insertIdentity(transaction, { ...person, created: 1, modified: 1, version: 1 }),
    );
    return id;
  }
  async function addClient(differences: Partial<Client>): Promise<Client> {
    const made = clientOf({ id: newId(), ...differences }).client;
    await database.write((transaction) => insertClient(transaction, made));
    return made;
  }
  async function token(of: Client = client, subjectId: string | null = of.ownerId): Promise<string> {
    const subject = subjectId === null ? null : await findSubject(database, subjectId);
    return (await issueToken(keys, issuer, of, subject as Subject | null)).token;
  }
  async function change(differences: Partial<Client>, by = database): Promise<void> {
    client = await by.write((transaction) => storeChange(transaction, client, { ...client, ...differences }, origin));
  }
  /** Runs `use` with a second connection to the database, like another process. */
  async function elsewhere(use: (other: Database) => Promise<void>): Promise<void> {
    const other = await openDatabase({ url: empty.url, readers: 0 });
    try {
      await use(other);
    } finally {
      await other.close();
    }
  }

  test('a token is looked up once and then served from the cache', async () => {
    const { database: counted, reads } = counting(database);
    const cache = new CallerCache(counted, keys);
    const text = await token();
    const caller = await cache.identify(text);
    expect(caller).toEqual({
      clientId: client.id,
      subjectId: ownerId,
      name: 'Ada Lovelace',
      scopes: ['sp:scopes:all'],
      userLevels: ['HELPDESK'],
    });
    const before = reads();
    // Not even a promise.
    expect(cache.identify(text)).toBe(caller);
    expect(reads()).toBe(before);
  });

  test('concurrent requests share one read of the client and its subject', async () => {
    const { database: counted, reads } = counting(database);
    const cache = new CallerCache(counted, keys);
    const text = await token();
    await Promise.all(Array.from({ length: 20 }, () => cache.identify(text)));
    expect(reads()).toBe(2);
  });

  test('a deleted client is rejected immediately in this process, and within 5 seconds in others', async () => {
    await elsewhere(async (other) => {
      const [here, there] = [new CallerCache(database, keys), new CallerCache(other, keys)];
      const text = await token();
      await Promise.all([here.identify(text), there.identify(text)]);
      await database.write((transaction) => storeDeletion(transaction, client, origin));
      await expect(here.identify(text)).rejects.toThrow(
        'JWT validation failed: JWT was revoked: the client no longer exists',
      );
      expect((await there.identify(text)).clientId).toBe(client.id);
      vi.setSystemTime(Date.now() + 5_000);
      await expect(there.identify(text)).rejects.toMatchObject({ status: 401 });
    });
  });

  test('changes by other threads of this process are noticed soon', async () => {
    const cache = new CallerCache(database, keys);
    const text = await token();
    await cache.identify(text);
    const thread = await openDatabase({ url: empty.url, readers: 0, shared: database.shared });
    try {
      await thread.writeBatch(async (transaction) => {
        await storeChange(transaction, client, { ...client, enabled: false }, origin);
      });
    } finally {
      await thread.close();
    }
    await vi.waitFor(() => expect(Promise.resolve(cache.identify(text))).rejects.toThrow('client "Test" is disabled'));
  });

  test('a rollback, or a change while the client is being read, leaves no outdated entry', async () => {
    const cache = new CallerCache(database, keys);
    const text = await token();
    await cache.identify(text);
    vi.setSystemTime(Date.now() + 6_000);
    const early = Promise.resolve(cache.identify(text)).catch(() => undefined);
    await change({ enabled: false });
    await early;
    await expect(cache.identify(text)).rejects.toThrow('client "Test" is disabled');
    const refused = database.write(async (transaction) => {
      await storeChange(transaction, client, { ...client, enabled: true }, origin);
      throw new Error('rolled back');
    });
    await expect(refused).rejects.toThrow('rolled back');
    await expect(cache.identify(text)).rejects.toThrow('client "Test" is disabled');
  });

  test('an expired client and one with another owner are rejected', async () => {
    const cache = new CallerCache(database, keys);
    const text = await token();
    await change({ expirationDate: Date.now() + 2_000 });
    await cache.identify(text);
    vi.setSystemTime(Date.now() + 2_000);
    await expect(cache.identify(text)).rejects.toThrow('client "Test" expired on ');
    await change({ expirationDate: null, ownerId: newId() });
    await expect(cache.identify(text)).rejects.toThrow('client "Test" acts for another user');
  });

  test('tokens of one client for different subjects have the rights of each', async () => {
    const cache = new CallerCache(database, keys);
    const graceId = await addIdentity('Grace Hopper', ['ORG_ADMIN']);
    const app = await addClient({ kind: 'OAUTH_CLIENT', ownerId: null, name: 'App', scope: ['a', 'b'] });
    const texts = [await token(app, ownerId), await token(app, graceId), await token(app, null)] as const;
    const scopes = ['a', 'b'];
    const callers = await Promise.all(texts.map((text) => cache.identify(text)));
    expect(callers).toEqual([
      { clientId: app.id, subjectId: ownerId, name: 'Ada Lovelace', scopes, userLevels: ['HELPDESK'] },
      { clientId: app.id, subjectId: graceId, name: 'Grace Hopper', scopes, userLevels: ['ORG_ADMIN'] },
      { clientId: app.id, subjectId: null, name: 'App', scopes, userLevels: [] },
    ]);
    // The deletion of one subject does not affect the others; that of the client does.
    await deleteIdentity(database, ownerId, undefined, origin);
    await expect(cache.identify(texts[0])).rejects.toThrow('the user for whom client "App" acts no longer exists');
    expect(cache.identify(texts[1])).toBe(callers[1]);
    expect(cache.identify(texts[2])).toBe(callers[2]);
    await database.write((transaction) => storeDeletion(transaction, app, origin));
    await expect(cache.identify(texts[1])).rejects.toThrow('the client no longer exists');
    await expect(cache.identify(texts[2])).rejects.toThrow('the client no longer exists');
  });

  test('scopes removed from the client are removed from its tokens; new ones are not added', async () => {
    const cache = new CallerCache(database, keys);
    await change({ scope: ['a', 'b'] });
    const text = await token();
    expect((await cache.identify(text)).scopes).toEqual(['a', 'b']);
    await change({ scope: ['b', 'c'] });
    expect((await cache.identify(text)).scopes).toEqual(['b']);
    await change({ scope: ['sp:scopes:all'] });
    expect((await cache.identify(text)).scopes).toEqual(['a', 'b']);
    const wide = await token();
    await change({ scope: ['d'] });
    expect((await cache.identify(wide)).scopes).toEqual(['d']);
  });

  test('new user levels take effect immediately', async () => {
    const cache = new CallerCache(database, keys);
    const text = await token();
    const before = await cache.identify(text);
    const otherId = await addIdentity('Grace Hopper', []);
    await assignCapabilities(database, otherId, undefined, () => ['CERT_ADMIN'], origin);
    expect(cache.identify(text)).toBe(before);
    await assignCapabilities(database, ownerId, undefined, () => ['CERT_ADMIN'], origin);
    expect((await cache.identify(text)).userLevels).toEqual(['CERT_ADMIN']);
  });

  test('a cached token expires', async () => {
    const cache = new CallerCache(database, keys);
    const text = await token();
    await cache.identify(text);
    vi.setSystemTime(Date.now() + 750_000);
    await expect(cache.identify(text)).rejects.toThrow('JWT validation failed: JWT is expired');
  });

  test('the number of cached tokens is limited', async () => {
    const cache = new CallerCache(database, keys, 3);
    const tokens = await Promise.all(Array.from({ length: 10 }, () => token()));
    for (const text of tokens) {
      await cache.identify(text);
    }
    expect(cache.size).toBe(3);
    expect((await cache.identify(tokens[0] ?? '')).clientId).toBe(client.id);
  });

  test('the signature of a cached token is not valid for other content', async () => {
    const cache = new CallerCache(database, keys);
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

  test('tampered tokens are rejected with the reason', async () => {
    const cache = new CallerCache(database, keys);
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
      [await signed({ ...claims, client_id: 'a\0b' }, {}), /the client no longer exists/],
      [await signed({ ...claims, identity_id: 7 }, {}), /malformed/],
      [await signed({ ...claims, identity_id: 'a\0b' }, {}), /the user for whom client "Test" acts no longer exists/],
      [await signed({ ...claims, identity_id: null }, {}), /acts for another user/],
      [await signed({ ...claims, identity_id: undefined }, {}), /acts for another user/],
      [await signed({ ...claims, scope: 'all' }, {}), /malformed/],
    ];
    for (const [bad, reason] of broken) {
      await expect(Promise.resolve(cache.identify(bad)), bad.slice(0, 80)).rejects.toThrow(reason);
    }
    expect(cache.size).toBe(0);
  });
});
