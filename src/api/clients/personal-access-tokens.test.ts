import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, ApiClient, tokenOf } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson, type Person } from '../../../tests/support/persons.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

const path = '/v2025/personal-access-tokens';
const aware = { userAwareTokenNeverExpires: true };

describeOnEngines('personal access tokens', (make) => {
  let database: EmptyDatabase;
  let server: TestServer;
  /** A user who is not an administrator. */
  let ada: Person;
  beforeAll(async () => {
    database = await make();
    server = await startTestServer(database);
    ada = await addPerson(server, database, 'Ada Lovelace', []);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  function text(answer: Answer): [number, string] {
    return [answer.status, answer.body.messages?.[0]?.text ?? answer.body.error];
  }
  async function create(fields: object, by: ApiClient = server.api): Promise<Answer['body']> {
    const { status, body } = await by.send('POST', path, { name: 'One', ...fields });
    expect([status, body.messages]).toEqual([200, undefined]);
    return body;
  }
  async function clientOf({ id, secret }: { id: string; secret: string }): Promise<ApiClient> {
    return new ApiClient(server.url, await tokenOf(server.url, id, secret));
  }
  async function remove(id: string): Promise<void> {
    expect((await server.api.send('DELETE', `${path}/${id}`)).status).toBe(204);
  }

  test('a new token shows its secret once, works, and is listed', async () => {
    const made = await create({ name: 'Reports ß 😀' });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: 'Reports ß 😀',
      scope: ['sp:scopes:all'],
      owner: { type: 'IDENTITY', id: expect.any(String), name: 'Administrator' },
      created: expect.any(String),
      accessTokenValiditySeconds: 43_200,
      expirationDate: expect.any(String),
    });
    const days = (Date.parse(made.expirationDate) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(180);
    expect(days).toBeLessThan(186);
    const api = await clientOf(made);
    const shown = async (): Promise<unknown> => {
      const { body } = await api.get(`${path}?owner-id=me`);
      return body.find(({ id }: { id: string }) => id === made.id);
    };
    const { secret: _, ...rest } = made;
    // The use is recorded after the token was issued.
    await expect.poll(shown, { timeout: 10_000 }).toEqual({
      ...rest,
      lastUsed: expect.any(String),
      managed: false,
      userAwareTokenNeverExpires: false,
    });
    await remove(made.id);
  });

  test('a token that never expires needs a confirmation, and has a date where clients need one', async () => {
    const refused = await server.api.send('POST', path, { name: 'x', expirationDate: null });
    expect(text(refused)).toEqual([400, expect.stringContaining('"userAwareTokenNeverExpires": true')]);
    const made = await create({ expirationDate: null, ...aware });
    expect(made.expirationDate).toBe('9999-01-01T00:00:00.000Z');
    const find = async (family: string): Promise<Answer['body']> => {
      const { body } = await server.api.get(`${family}/personal-access-tokens?owner-id=me`);
      return body.find(({ id }: { id: string }) => id === made.id);
    };
    expect(await find('/v2026')).toMatchObject({ expirationDate: null, userAwareTokenNeverExpires: true });
    for (const family of ['/beta', '/v2024']) {
      const shown = await find(family);
      expect(shown.expirationDate).toBe('9999-01-01T00:00:00.000Z');
      expect(shown).not.toHaveProperty('userAwareTokenNeverExpires');
    }
    await remove(made.id);
    const older = await server.api.send('POST', '/v2024/personal-access-tokens', { name: 'x', expirationDate: null });
    expect(older.status).toBe(200);
    await remove(older.body.id);
  });

  test.each<[string, object, string]>([
    ['no name', { name: undefined }, 'Field "name" is required.'],
    ['a blank name', { name: '  ' }, 'Field "name" is "  ". It must not be blank.'],
    ['a number for a name', { name: 7 }, 'Field "name" is 7. It must be a string.'],
    ['a name with NUL', { name: 'a\0' }, 'NUL character'],
    [
      'too short a validity',
      { accessTokenValiditySeconds: 14 },
      '"accessTokenValiditySeconds" is 14. It must be at least 15',
    ],
    ['too long a validity', { accessTokenValiditySeconds: 43_201 }, 'at most 43200'],
    ['a date in the past', { expirationDate: '2020-01-01T00:00:00Z' }, 'It must be a date and time in the future'],
    ['a date too far', { expirationDate: '9999-12-31T00:00:00Z' }, 'before the year 9999'],
    ['no date', { expirationDate: 'tomorrow' }, '"expirationDate" is "tomorrow"'],
    ['an empty scope', { scope: [] }, 'Field "scope" is empty'],
    ['a scope with a space', { scope: ['a b'] }, 'has "a b"'],
  ])('refuses %s', async (_name, fields, reason) => {
    const answer = await server.api.send('POST', path, { name: 'x', ...fields });
    expect(text(answer)).toEqual([400, expect.stringContaining(reason)]);
  });

  test('its validity limits the lifetime of access tokens', async () => {
    const made = await create({ accessTokenValiditySeconds: 15 });
    const response = await fetch(`${server.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: made.id, client_secret: made.secret }),
    });
    expect(await response.json()).toMatchObject({ expires_in: 15 });
    await remove(made.id);
  });

  test('a deleted token is rejected immediately, with the right status and text', async () => {
    const made = await create({});
    const api = await clientOf(made);
    expect((await api.get(`${path}?owner-id=me`)).status).toBe(200);
    await remove(made.id);
    const refused = await api.get(`${path}?owner-id=me`);
    expect(text(refused)).toEqual([401, 'JWT validation failed: JWT was revoked: the client no longer exists']);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    await expect(clientOf(made)).rejects.toThrow('Bad client credentials');
    expect(text(await server.api.send('DELETE', `${path}/${made.id}`))).toEqual([
      404,
      expect.stringContaining(made.id),
    ]);
  });

  test('an identity has at most ten', async () => {
    const made: string[] = [];
    const answers = await Promise.all(Array.from({ length: 12 }, () => ada.api.send('POST', path, { name: 'x' })));
    for (const { status, body } of answers) {
      if (status === 200) {
        made.push(body.id);
      } else {
        expect(body.messages[0].text).toContain('At most 10 are allowed');
      }
    }
    // One existed before.
    expect(made).toHaveLength(9);
    await Promise.all(made.map(remove));
  });

  test('a patch changes only patchable fields', async () => {
    const made = await create({ scope: ['sp:a:read', 'sp:b:read'] });
    const patch = (operations: unknown, headers = {}): Promise<Answer> =>
      server.api.send('PATCH', `${path}/${made.id}`, operations, headers);
    const changed = await patch([
      { op: 'test', path: '/id', value: made.id },
      { op: 'replace', path: '/name', value: 'Two' },
      { op: 'remove', path: '/scope/0' },
      { op: 'replace', path: '/accessTokenValiditySeconds', value: 60 },
    ]);
    expect(changed.body).toMatchObject({ name: 'Two', scope: ['sp:b:read'], accessTokenValiditySeconds: 60 });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await patch([{ op: 'replace', path: '/name', value: 'Two' }])).headers.get('etag')).toBe('"2"');

    for (const [operations, reason] of [
      [[{ op: 'replace', path: '/id', value: 'x' }], '"/id" cannot be patched'],
      [[{ op: 'add', path: '/colour', value: 'x' }], '"/colour" cannot be patched'],
      [[{ op: 'replace', path: '/expirationDate' }], '"userAwareTokenNeverExpires": true'],
      [[{ op: 'replace', path: '/expirationDate', value: '2020-01-01T00:00:00Z' }], 'in the future'],
      [[{ op: 'replace', path: '/name', value: null }], 'Field "name" is null'],
      [[{ op: 'test', path: '/name', value: 'Three' }], '"/name"'],
      [[{ op: 'replace', path: '', value: 7 }], '"" cannot be patched'],
      [{}, 'a JSON Patch is an array'],
    ] as const) {
      expect(text(await patch(operations)), reason).toEqual([400, expect.stringContaining(reason)]);
    }
    expect(text(await patch([], { 'if-match': '"1"' }))).toEqual([412, expect.stringContaining('"2"')]);
    const forever = await patch([
      { op: 'replace', path: '/expirationDate', value: null },
      { op: 'replace', path: '/userAwareTokenNeverExpires', value: true },
    ]);
    expect(forever.body).toMatchObject({ expirationDate: null, ...aware });
    await remove(made.id);
  });

  test('removed scopes take effect immediately', async () => {
    const made = await create({ scope: ['sp:my-personal-access-tokens:read', 'sp:x:read'] });
    const api = await clientOf(made);
    expect((await api.get(`${path}?owner-id=me`)).status).toBe(200);
    await server.api.send('PATCH', `${path}/${made.id}`, [{ op: 'remove', path: '/scope/0' }]);
    expect(text(await api.get(`${path}?owner-id=me`))).toEqual([
      403,
      'Operation listPersonalAccessTokens needs one of the scopes sp:my-personal-access-tokens:read, sp:my-personal-access-tokens:manage, sp:all-personal-access-tokens:read, sp:all-personal-access-tokens:manage. The token has sp:x:read.',
    ]);
    await remove(made.id);
  });

  test('only administrators list and delete the tokens of others, and only owners change them', async () => {
    const hers = await create({ name: 'Hers' }, ada.api);
    const owners = async (query: string): Promise<string[]> => {
      const { body } = await server.api.get(`${path}${query}`);
      return [...new Set<string>(body.map((token: Answer['body']) => token.owner.name))].toSorted();
    };
    expect(await owners('')).toEqual(['Ada Lovelace', 'Administrator']);
    expect(await owners('?owner-id=me')).toEqual(['Administrator']);
    expect(await owners(`?owner-id=${ada.id}`)).toEqual(['Ada Lovelace']);
    expect(await owners('?owner-id=nobody')).toEqual([]);

    expect((await ada.api.get(`${path}?owner-id=${ada.id}`)).status).toBe(200);
    for (const query of ['', '?owner-id=someone']) {
      expect(text(await ada.api.get(`${path}${query}`))).toEqual([403, expect.stringContaining('owner-id=me')]);
    }
    // Granting herself the scope does not make her an administrator.
    const grand = await create({ scope: ['sp:all-personal-access-tokens:manage'] }, ada.api);
    const grandApi = await clientOf(grand);
    expect((await grandApi.get(path)).status).toBe(403);
    expect((await grandApi.send('DELETE', `${path}/${administrator.clientId}`)).status).toBe(403);

    const patch = [{ op: 'replace', path: '/name', value: 'x' }];
    expect(text(await server.api.send('PATCH', `${path}/${hers.id}`, patch))).toEqual([
      403,
      'Only its owner can change a personal access token.',
    ]);
    await remove(hers.id);
    await remove(grand.id);
  });

  test('a token cannot create a stronger one', async () => {
    const weak = await create({ scope: ['sp:my-personal-access-tokens:manage', 'sp:x:read'] });
    const api = await clientOf(weak);
    for (const scope of [['sp:scopes:all'], ['sp:x:read', 'sp:y:read']]) {
      const refused = await api.send('POST', path, { name: 'x', scope });
      expect(text(refused)).toEqual([403, expect.stringContaining('cannot be granted')]);
    }
    const widened = await api.send('PATCH', `${path}/${weak.id}`, [{ op: 'remove', path: '/scope' }]);
    expect(widened.body.scope).toEqual(weak.scope);
    expect((await create({}, api)).scope).toEqual(weak.scope);
    expect((await create({ scope: ['sp:x:read'] }, api)).scope).toEqual(['sp:x:read']);
  });

  test('the list is filtered by last use', async () => {
    const made = await create({ name: 'Never used' });
    const names = async (filter: string): Promise<string[]> => {
      const { status, body } = await server.api.get(`${path}?owner-id=me&filters=${encodeURIComponent(filter)}`);
      expect(status).toBe(200);
      return body.map((token: { name: string }) => token.name);
    };
    expect(await names('lastUsed isnull')).toContain('Never used');
    expect(await names('not (lastUsed isnull)')).not.toContain('Never used');
    expect(await names('lastUsed le 2999-01-01')).not.toContain('Never used');
    expect(await names('lastUsed le 2020-01-01')).toEqual([]);
    for (const filter of ['name eq "x"', 'lastUsed ge 2020-01-01', 'lastUsed le "x"', 'lastUsed']) {
      const answer = await server.api.get(`${path}?filters=${encodeURIComponent(filter)}`);
      expect(text(answer)).toEqual([400, expect.stringContaining('filters, position')]);
    }
    await remove(made.id);
  });

  test.each([undefined, 'Basic eDp5', 'Bearer', 'Bearer ', 'Bearer abc', 'Digest x', 'ä'])(
    'the header %s is rejected',
    async (header) => {
      const response = await fetch(`${server.url}${path}`, {
        headers: header === undefined ? {} : { authorization: header },
      });
      expect([response.status, await response.json()]).toEqual([
        401,
        { error: expect.stringMatching(/^JWT validation failed: /) },
      ]);
    },
  );

  test.each(['Bearer ', 'bearer ', 'BEARER  ', ''])('the header "%sTOKEN" is accepted', async (scheme) => {
    const response = await fetch(`${server.url}${path}`, {
      headers: { authorization: `${scheme}${server.api.token}` },
    });
    expect(response.status).toBe(200);
  });

  test('invalid ids are not found', async () => {
    for (const id of ['x', '%00', 'F'.repeat(32), '%F0%9F%98%80', "'--"]) {
      for (const method of ['PATCH', 'DELETE']) {
        const answer = await server.api.send(method, `${path}/${id}`, method === 'PATCH' ? [] : undefined);
        expect([id, answer.status]).toEqual([id, 404]);
      }
    }
  });
});
