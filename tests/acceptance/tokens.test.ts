import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { type Answer, ApiClient, tokenOf } from '../support/api-client.ts';
import {
  describeOwnServer,
  describeServer,
  expectStatus,
  form,
  plainFamilies,
  plainFamiliesAndV3,
  pathIn,
  queryOf,
  refusal,
} from './acceptance.ts';

describeServer('tokens', (server) => {
  const credentials = (): Record<string, string> => ({
    grant_type: 'client_credentials',
    client_id: server().clientId,
    client_secret: server().clientSecret,
  });
  async function ask(search: string, body?: FormData | URLSearchParams): Promise<Answer> {
    const init = body === undefined ? {} : { body };
    const response = await fetch(`${server().url}/oauth/token${search}`, { method: 'POST', ...init });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  const multipart = (fields: Record<string, string>): FormData => form(...Object.entries(fields));

  describe('are issued for', () => {
    test.each<[string, () => Promise<Answer>]>([
      ['an urlencoded body', () => ask('', new URLSearchParams(credentials()))],
      ['a multipart body', () => ask('', multipart(credentials()))],
      ['the query string and no body', () => ask(`?${queryOf(credentials())}`)],
      [
        'the grant type in the query and the rest in the body',
        () => {
          const { client_id = '', client_secret = '' } = credentials();
          return ask('?grant_type=client_credentials', new URLSearchParams({ client_id, client_secret }));
        },
      ],
    ])('%s', async (_encoding, request) => {
      const { status, body, headers } = await request();
      expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(body).toMatchObject({
        token_type: 'bearer',
        scope: 'sp:scopes:all',
        identity_id: server().identityId,
        user_name: expect.any(String),
        tenant_id: expect.any(String),
        pod: expect.any(String),
        org: expect.any(String),
        strong_auth: false,
        strong_auth_supported: false,
      });
      // A common client renews its token 300 seconds early, and hangs if that is immediately.
      expect(body.expires_in).toBeGreaterThan(300);
      expect((await new ApiClient(server().url, body.access_token).get('/v2025/entitlements?limit=1')).status).toBe(
        200,
      );
    });
  });

  test('have the claims of the contract and are verified with the published keys', async () => {
    const { body } = await ask('', new URLSearchParams(credentials()));
    const keys = (await server().api.get('/oauth/jwks')).body;
    const { payload, protectedHeader } = await jwtVerify(body.access_token, createLocalJWKSet(keys));
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: expect.any(String) });
    expect(payload).toMatchObject({
      tenant_id: body.tenant_id,
      pod: body.pod,
      org: body.org,
      identity_id: server().identityId,
      user_id: server().identityId,
      user_name: body.user_name,
      client_id: server().clientId,
      authorities: expect.arrayContaining(['ORG_ADMIN']),
      scope: ['sp:scopes:all'],
      strong_auth: false,
      jti: body.jti,
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(body.expires_in);
    const info = (await server().api.get('/oauth/info')).body;
    expect(info).toMatchObject({ tenantId: body.tenant_id, pod: body.pod, tokenEndpoint: expect.any(String) });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['a wrong secret', { client_secret: 'f'.repeat(64) }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'e'.repeat(32) }, 401, 'invalid_client'],
    ['another grant type', { grant_type: 'authorization_code' }, 400, 'unsupported_grant_type'],
    ['no secret', { client_secret: '' }, 400, 'invalid_request'],
  ])('are rejected for %s', async (_what, wrong, status, error) => {
    for (const encode of [(fields: Record<string, string>) => new URLSearchParams(fields), multipart]) {
      const answer = await ask('', encode({ ...credentials(), ...wrong }));
      expect([answer.status, answer.body]).toEqual([status, { error, error_description: expect.any(String) }]);
    }
  });

  test('that are invalid or modified are rejected with the reason', async () => {
    const [head = '', claims = '', signature = ''] = server().api.token.split('.');
    const forged = Buffer.from(JSON.stringify({ client_id: server().clientId, exp: 9_999_999_999 })).toString(
      'base64url',
    );
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    for (const [token, reason] of [
      ['nonsense', 'JWT is malformed'],
      [`${head}.${forged}.${signature}`, 'JWT signature does not match its content'],
      [`${unsigned}.${claims}.`, 'JWT'],
      ['', 'no JWT was sent'],
    ] as const) {
      const answer = await new ApiClient(server().url, token).get('/v2025/entitlements');
      expect(refusal(answer), token).toEqual([401, expect.stringContaining(`JWT validation failed: ${reason}`)]);
      expect(Object.keys(answer.body)).toEqual(['error']);
    }
    // Some clients omit "Bearer" where the contract declares no security.
    const bare = await server().api.get('/v2025/entitlements?limit=1', { authorization: server().api.token });
    expect(bare.status).toBe(200);
  });

  describe.each(plainFamilies)('personal access tokens in %s', (family) => {
    const path = pathIn(family, '/personal-access-tokens');

    test('follow createPersonalAccessToken, listPersonalAccessTokens, patchPersonalAccessToken and deletePersonalAccessToken', async () => {
      const { api, url, identityId } = server();
      const name = `Of ${family} ${Date.now()}`;
      const made = expectStatus(await api.send('POST', path, { name, userAwareTokenNeverExpires: true }), 200);
      expect(made).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
        name,
        scope: ['sp:scopes:all'],
        owner: { type: 'IDENTITY', id: identityId, name: expect.any(String) },
        created: expect.any(String),
        accessTokenValiditySeconds: 43_200,
        // Clients require a date here, even for a token that never expires.
        expirationDate: expect.stringMatching(/^9999-/),
      });
      const bearer = new ApiClient(url, await tokenOf(url, made.id, made.secret));
      expect((await bearer.get('/v2025/sources?limit=1')).status).toBe(200);
      const listed = expectStatus(await api.get(`${path}?owner-id=me`), 200);
      const mine = listed.find(({ id }: { id: string }) => id === made.id);
      expect(mine).toMatchObject({ name, userAwareTokenNeverExpires: true, expirationDate: null, managed: false });
      expect(JSON.stringify(listed)).not.toContain(made.secret);
      // A narrower scope applies to tokens issued before.
      const operations = [{ op: 'replace', path: '/scope', value: ['idn:sources:read'] }];
      expect(expectStatus(await api.send('PATCH', `${path}/${made.id}`, operations), 200).scope).toEqual([
        'idn:sources:read',
      ]);
      expect((await bearer.get('/v2025/sources?limit=1')).status).toBe(200);
      expect((await bearer.get('/v2025/entitlements?limit=1')).status).toBe(403);
      expect((await api.send('DELETE', `${path}/${made.id}`)).status).toBe(204);
      expect(refusal(await bearer.get('/v2025/sources?limit=1'))).toEqual([
        401,
        expect.stringContaining('JWT was revoked'),
      ]);
      expect((await api.send('DELETE', `${path}/${made.id}`)).status).toBe(404);
    });

    test('are rejected if invalid', async () => {
      for (const [body, reason] of [
        [{}, 'Field "name" is required.'],
        [{ name: 'x', scope: [] }, 'Field "scope" is empty'],
        [{ name: 'x', accessTokenValiditySeconds: 14 }, 'must be at least 15'],
        [{ name: 'x', accessTokenValiditySeconds: 43_201 }, 'must be at most 43200'],
        [{ name: 'x', expirationDate: '2020-01-01T00:00:00Z' }, 'in the future'],
        [{ name: 'x', expirationDate: null }, '"userAwareTokenNeverExpires": true'],
      ] as const) {
        expect(refusal(await server().api.send('POST', path, body))).toEqual([400, expect.stringContaining(reason)]);
      }
      expect(refusal(await server().api.get(`${path}?filters=${encodeURIComponent('name eq "x"')}`))).toEqual([
        400,
        expect.stringContaining('"name" is not a filter field here. The fields are lastUsed'),
      ]);
    });
  });

  describe.each(plainFamiliesAndV3)('clients and users in %s', (family) => {
    test('createOauthClient, getOauthClient, listOauthClients, patchOauthClient and deleteOauthClient', async () => {
      const { api } = server();
      const path = pathIn(family, '/oauth-clients');
      const fields = { description: 'x', accessTokenValiditySeconds: 600, accessType: 'OFFLINE', enabled: true };
      const body = { name: `Robot ${family}`, ...fields, grantTypes: ['CLIENT_CREDENTIALS'] };
      const { id, secret } = expectStatus(await api.send('POST', path, body), 200);
      const read = expectStatus(await api.get(`${path}/${id}`), 200);
      expect(read).toMatchObject({ ...body, secret: null, type: 'CONFIDENTIAL' });
      const list = expectStatus(await api.get(path), 200);
      expect(list.find((client: { id: string }) => client.id === id)).toEqual(read);
      const off = [{ op: 'replace', path: '/enabled', value: false }];
      expectStatus(await api.send('PATCH', `${path}/${id}`, off), 200);
      await expect(tokenOf(server().url, id, secret)).rejects.toThrow('invalid_client');
      expect((await api.send('DELETE', `${path}/${id}`)).status).toBe(204);
      expect((await api.get(`${path}/${id}`)).status).toBe(404);
      expect(refusal(await api.send('POST', path, { ...body, accessType: 'NEVER' }))).toEqual([
        400,
        'Field "accessType" is "NEVER". It must be one of ONLINE, OFFLINE.',
      ]);
    });

    test('getAuthUser and patchAuthUser', async () => {
      const { api, identityId } = server();
      const path = pathIn(family, `/auth-users/${identityId}`);
      const { capabilities } = expectStatus(await api.get(path), 200);
      const assign = (value: unknown): Promise<Answer> =>
        api.send('PATCH', path, [{ op: 'replace', path: '/capabilities', value }]);
      expect(expectStatus(await assign([...capabilities, 'REPORT_ADMIN']), 200).capabilities).toContain('REPORT_ADMIN');
      expect(expectStatus(await assign(capabilities), 200).capabilities).toEqual(capabilities);
      expect((await api.get(pathIn(family, '/auth-users/nobody'))).status).toBe(404);
    });
  });
});

describeOwnServer('the rate limit', { rateLimit: '5' }, (server) => {
  test('counts requests per client and family, and returns Retry-After', async () => {
    const answers: Answer[] = [];
    for (let index = 0; index < 6; index += 1) {
      answers.push(await server().api.get('/v2025/entitlements?limit=1'));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    const last = answers.at(-1);
    expect(last?.body).toEqual({ message: ' Rate Limit Exceeded ' });
    const wait = Number(last?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(10);
    expect((await server().api.get('/v2026/entitlements?limit=1')).status).toBe(200);
    const { url, clientId, clientSecret } = server();
    const other = new ApiClient(url, await tokenOf(url, clientId, clientSecret));
    expect((await other.get('/v2025/entitlements?limit=1')).status, 'another token of the same client').toBe(429);
  });
});

describeOwnServer('the lifetime of tokens', { tokenLifetime: '1' }, (server) => {
  test('ends them with the reason', async () => {
    await expect
      .poll(async () => refusal(await server().api.get('/v2025/entitlements?limit=1')), { timeout: 5000 })
      .toEqual([401, 'JWT validation failed: JWT is expired']);
  });
});
