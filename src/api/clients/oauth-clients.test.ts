import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, ApiClient, tokenOf } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson, type Person } from '../../../tests/support/persons.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';

const path = '/v2025/oauth-clients';
const minimal = {
  name: 'Importer',
  description: null,
  accessTokenValiditySeconds: 750,
  grantTypes: ['CLIENT_CREDENTIALS'],
  accessType: 'OFFLINE',
  enabled: true,
};

describeOnEngines('oauth clients', (make) => {
  let database: EmptyDatabase;
  let server: TestServer;
  let ada: Person;
  beforeAll(async () => {
    database = await make();
    server = await startTestServer(database);
    ada = await addPerson(server, database, 'Ada Lovelace', ['SOURCE_ADMIN']);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  function text(answer: Answer): [number, string] {
    return [answer.status, answer.body.messages?.[0]?.text ?? answer.body.error];
  }
  async function create(fields: object = {}): Promise<Answer['body']> {
    const { status, body } = await server.api.send('POST', path, { ...minimal, ...fields });
    expect([status, body.messages]).toEqual([200, undefined]);
    return body;
  }
  async function clientOf({ id, secret }: { id: string; secret: string }): Promise<ApiClient> {
    return new ApiClient(server.url, await tokenOf(server.url, id, secret));
  }

  test('a new client has every field and its secret; reading it returns nulls and no secret', async () => {
    const made = await create();
    const shown = {
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      name: 'Importer',
      accessTokenValiditySeconds: 750,
      refreshTokenValiditySeconds: 0,
      grantTypes: ['CLIENT_CREDENTIALS'],
      accessType: 'OFFLINE',
      type: 'CONFIDENTIAL',
      internal: false,
      enabled: true,
      strongAuthSupported: false,
      claimsSupported: false,
      created: expect.any(String),
      modified: expect.any(String),
      scope: ['sp:scopes:all'],
    };
    expect(made).toEqual({
      ...shown,
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      businessName: '',
      homepageUrl: '',
      description: '',
      redirectUris: [],
    });
    const read = await server.api.get(`${path}/${made.id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.body).toEqual({
      ...shown,
      businessName: null,
      homepageUrl: null,
      description: null,
      redirectUris: null,
      secret: null,
      metadata: null,
      lastUsed: null,
    });
    const { body: list } = await server.api.get(`${path}?filters=lastUsed%20isnull`);
    expect(list.map(({ id }: { id: string }) => id)).toContain(made.id);
  });

  test('it acts for itself and can only use operations for clients', async () => {
    const made = await create({ scope: ['sp:oauth-client:read'] });
    const api = await clientOf(made);
    expect(decodeJwt(api.token)).toMatchObject({ identity_id: null, user_name: 'Importer', authorities: [] });
    expect((await api.get(`${path}/${made.id}`)).body.id).toBe(made.id);
    expect(text(await api.get(path))).toEqual([
      403,
      'Operation listOauthClients is for users, e.g. with a personal access token.',
    ]);
    expect((await api.get('/v2025/personal-access-tokens?owner-id=me')).status).toBe(403);
    const unable = await clientOf(await create({ scope: ['sp:x:read'] }));
    expect(text(await unable.get(`${path}/${made.id}`))).toEqual([
      403,
      expect.stringContaining('sp:oauth-client:manage'),
    ]);
  });

  test('only administrators can manage clients', async () => {
    const made = await create();
    const answers = [
      await ada.api.get(path),
      await ada.api.get(`${path}/${made.id}`),
      await ada.api.send('POST', path, minimal),
      await ada.api.send('PATCH', `${path}/${made.id}`, []),
      await ada.api.send('DELETE', `${path}/${made.id}`),
    ];
    for (const answer of answers) {
      expect(text(answer)).toEqual([
        403,
        expect.stringMatching(/needs one of the user levels ORG_ADMIN. Ada Lovelace has SOURCE_ADMIN.$/),
      ]);
    }
  });

  test('a disabled client and a deleted one are rejected immediately', async () => {
    const made = await create();
    const api = await clientOf(made);
    const read = (): Promise<Answer> => api.get(`${path}/${made.id}`);
    expect((await read()).status).toBe(200);
    const patch = [{ op: 'replace', path: '/enabled', value: false }];
    expect((await server.api.send('PATCH', `${path}/${made.id}`, patch)).body.enabled).toBe(false);
    expect(text(await read())).toEqual([401, expect.stringContaining('client "Importer" is disabled')]);
    await expect(clientOf(made)).rejects.toThrow('The credentials are correct, but client \\"Importer\\" is disabled.');

    await server.api.send('PATCH', `${path}/${made.id}`, [{ op: 'replace', path: '/enabled', value: true }]);
    expect((await read()).status).toBe(200);
    expect((await server.api.send('DELETE', `${path}/${made.id}`)).status).toBe(204);
    expect(text(await read())).toEqual([401, expect.stringContaining('no longer exists')]);
    expect((await server.api.get(`${path}/${made.id}`)).status).toBe(404);
  });

  test('a client without the grant client_credentials gets no token with it', async () => {
    const made = await create({ grantTypes: ['AUTHORIZATION_CODE'] });
    await expect(clientOf(made)).rejects.toThrow('unauthorized_client');
  });

  test('a patch changes patchable fields', async () => {
    const made = await create();
    const patch = (operations: unknown, headers = {}): Promise<Answer> =>
      server.api.send('PATCH', `${path}/${made.id}`, operations, headers);
    const changed = await patch([
      { op: 'add', path: '/redirectUris/-', value: 'https://example.org/cb' },
      { op: 'replace', path: '/description', value: 'Loads files' },
      { op: 'copy', from: '/description', path: '/businessName' },
      { op: 'replace', path: '/scope', value: ['sp:x:read'] },
    ]);
    expect(changed.body).toMatchObject({
      redirectUris: ['https://example.org/cb'],
      description: 'Loads files',
      businessName: 'Loads files',
      scope: ['sp:x:read'],
    });
    expect(Date.parse(changed.body.modified)).toBeGreaterThanOrEqual(Date.parse(made.created));
    for (const [operations, reason] of [
      [
        [{ op: 'replace', path: '/secret', value: 'x' }],
        '"/secret" cannot be patched. Patchable are /businessName, /homepageUrl, /name,',
      ],
      [[{ op: 'replace', path: '/enabled', value: 'yes' }], 'Field "enabled" is "yes". It must be true or false.'],
      [[{ op: 'remove', path: '/name' }], 'Field "name" is required.'],
      [[{ op: 'replace', path: '/name', value: null }], 'Field "name" is null'],
      [[{ op: 'replace', path: '/grantTypes', value: ['PASSWORD'] }], 'CLIENT_CREDENTIALS, AUTHORIZATION_CODE'],
      [[{ op: 'replace', path: '/description', value: 'a\u0000' }], 'Field "description" contains a NUL'],
      [[{ op: 'replace', path: '/accessTokenValiditySeconds', value: 0 }], 'at least 1'],
    ] as const) {
      expect(text(await patch(operations)), reason).toEqual([400, expect.stringContaining(reason)]);
    }
    expect((await patch([], { 'if-match': '"7"' })).status).toBe(412);
  });

  test('invalid fields of a new client are named', async () => {
    for (const [fields, reason] of [
      [{ name: null }, 'Field "name" is null'],
      [{ enabled: undefined }, 'Field "enabled" is required.'],
      [{ grantTypes: [] }, 'at least 1 item'],
      [{ accessType: 'NEVER' }, 'ONLINE, OFFLINE'],
      [{ redirectUris: ['\ud800'] }, 'redirectUris.0'],
    ] as const) {
      const answer = await server.api.send('POST', path, { ...minimal, ...fields });
      expect(text(answer), reason).toEqual([400, expect.stringContaining(reason)]);
    }
  });

  test('a personal access token is not an OAuth client, and invalid ids are not found', async () => {
    const { body } = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    for (const id of [body[0].id, 'x', '%00']) {
      expect((await server.api.get(`${path}/${id}`)).status).toBe(404);
      expect((await server.api.send('DELETE', `${path}/${id}`)).status).toBe(404);
    }
  });

  test('v1 has them under the service', async () => {
    const made = await create();
    expect((await server.api.get(`/oauth-clients/v1/${made.id}`)).body.id).toBe(made.id);
  });
});
