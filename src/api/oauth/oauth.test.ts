import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

const { clientId, clientSecret } = administrator;
const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
const urlencoded = 'application/x-www-form-urlencoded';

describeOnEngines('oauth', (make) => {
  let database: EmptyDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await make();
    server = await startTestServer(database, {
      orgName: 'acme',
      podName: 'pod-1',
      tenantName: 'Acme Ltd',
      rateLimit: '100',
    });
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', ...init });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  function multipart(fields: Record<string, string>, quote: string = '"'): string {
    const parts = Object.entries(fields).map(
      ([name, value]) => `--b1\r\nContent-Disposition: form-data; name=${quote}${name}${quote}\r\n\r\n${value}\r\n`,
    );
    return `${parts.join('')}--b1--\r\n`;
  }

  const query = new URLSearchParams(credentials).toString();
  const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const form = (fields: Record<string, string>): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      data.append(name, value);
    }
    return data;
  };
  const rest = { client_id: clientId, client_secret: clientSecret };
  const encodings: Record<string, () => [string, RequestInit]> = {
    'an urlencoded body': () => ['/oauth/token', { body: new URLSearchParams(credentials) }],
    'a multipart body': () => ['/oauth/token', { body: form(credentials) }],
    'a multipart body with names without quotes': () => [
      '/oauth/token',
      { body: multipart(credentials, ''), headers: { 'content-type': 'multipart/form-data; boundary="b1"' } },
    ],
    'a multipart body whose boundary is not in the header': () => [
      '/oauth/token',
      { body: multipart(credentials), headers: { 'content-type': 'multipart/form-data' } },
    ],
    'the query': () => [`/oauth/token?${query}`, {}],
    'the query with an empty form': () => [`/oauth/token?${query}`, { headers: { 'content-type': urlencoded } }],
    'the query with an empty JSON body': () => [
      `/oauth/token?${query}`,
      { headers: { 'content-type': 'application/json' } },
    ],
    'the query and a multipart body with only a closing boundary': () => [
      `/oauth/token?${query}`,
      { body: '--b1--\r\n', headers: { 'content-type': 'multipart/form-data; boundary=b1' } },
    ],
    'the grant in the query, the rest in the body': () => [
      '/oauth/token?grant_type=client_credentials',
      { body: new URLSearchParams(rest) },
    ],
    'the same in query and body': () => [`/oauth/token?${query}`, { body: new URLSearchParams(credentials) }],
    'Basic authentication': () => [
      '/oauth/token',
      {
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
        headers: { authorization: basic(clientId, clientSecret) },
      },
    ],
    'a trailing slash': () => ['/oauth/token/', { body: new URLSearchParams(credentials) }],
  };

  test.each(Object.keys(encodings))('issues a token for %s', async (name) => {
    const [path, init] = encodings[name]?.() ?? ['', {}];
    const answer = await ask(path, init);
    expect([answer.status, answer.body.error_description]).toEqual([200, undefined]);
    expect(answer.body.access_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test('the response and the claims are those of the contract', async () => {
    const { headers, body } = await ask('/oauth/token', { body: new URLSearchParams(credentials) });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    const claims = decodeJwt(body.access_token);
    const identityId = claims['identity_id'];
    expect(identityId).toMatch(/^[0-9a-f]{32}$/);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 749,
      scope: 'sp:scopes:all',
      tenant_id: claims['tenant_id'],
      pod: 'pod-1',
      org: 'acme',
      strong_auth_supported: false,
      strong_auth: false,
      internal: false,
      accessType: 'OFFLINE',
      user_id: identityId,
      identity_id: identityId,
      user_name: 'Administrator',
      enabled: true,
      jti: claims.jti,
    });
    expect(claims).toEqual({
      iss: server.url,
      iat: expect.any(Number),
      exp: Number(claims.iat) + 749,
      jti: expect.stringMatching(/^[0-9a-f]{32}$/),
      tenant_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      org: 'acme',
      pod: 'pod-1',
      client_id: clientId,
      identity_id: identityId,
      user_id: identityId,
      user_name: 'Administrator',
      authorities: ['ORG_ADMIN'],
      scope: ['sp:scopes:all'],
      strong_auth: false,
    });
  });

  test('the public keys at both addresses verify it', async () => {
    const { body } = await ask('/oauth/token', { body: new URLSearchParams(credentials) });
    for (const path of ['/oauth/jwks', '/.well-known/jwks.json']) {
      const { body: keys } = await ask(path, { method: 'GET' });
      expect(JSON.stringify(keys)).not.toContain('"d"');
      const { protectedHeader } = await jwtVerify(body.access_token, createLocalJWKSet(keys));
      expect(protectedHeader.alg).toBe('ES256');
    }
    expect(decodeProtectedHeader(body.access_token).kid).toMatch(/^[0-9a-f]{32}$/);
  });

  const wrong: Record<string, [Record<string, string>, number, string, RegExp]> = {
    'a wrong secret': [{ ...credentials, client_secret: 'f'.repeat(64) }, 401, 'invalid_client', /^Bad client cred/],
    'an unknown client': [{ ...credentials, client_id: 'f'.repeat(32) }, 401, 'invalid_client', /^Bad client cred/],
    'a client id that cannot be stored': [{ ...credentials, client_id: 'a\0b' }, 401, 'invalid_client', /^Bad client/],
    'a non-ASCII secret': [{ ...credentials, client_secret: 'пароль 😀' }, 401, 'invalid_client', /^Bad client/],
    'no grant type': [rest, 400, 'invalid_request', /"grant_type" is missing/],
    'no client id': [{ grant_type: 'client_credentials' }, 400, 'invalid_request', /"client_id" is missing/],
    'no secret': [{ ...credentials, client_secret: '' }, 400, 'invalid_request', /"client_secret" is missing/],
    'an authorisation code': [
      { ...credentials, grant_type: 'authorization_code', code: 'x' },
      400,
      'unsupported_grant_type',
      /"authorization_code" is not supported/,
    ],
    'a refresh token': [
      { ...credentials, grant_type: 'refresh_token' },
      400,
      'unsupported_grant_type',
      /not supported/,
    ],
  };

  test.each(Object.keys(wrong))('rejects %s', async (name) => {
    const [fields, status, error, description] = wrong[name] ?? [{}, 0, '', /x/];
    for (const body of [new URLSearchParams(fields), form(fields)]) {
      const answer = await ask('/oauth/token', { body });
      expect([answer.status, answer.body]).toEqual([
        status,
        { error, error_description: expect.stringMatching(description) },
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('slpt-request-id')).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  describe('rejects invalid requests:', () => {
    test.each<[string, RequestInit, number, RegExp]>([
      [
        'JSON',
        { body: JSON.stringify(credentials), headers: { 'content-type': 'application/json' } },
        415,
        /urlencoded/,
      ],
      ['a huge body', { body: new URLSearchParams({ x: 'y'.repeat(70_000) }) }, 413, /at most 65536 bytes/],
      [
        'a huge multipart body',
        { body: multipart({ x: 'y'.repeat(70_000) }), headers: { 'content-type': 'multipart/form-data; boundary=b1' } },
        413,
        /at most/,
      ],
      [
        'a truncated multipart body',
        {
          body: multipart(credentials).slice(0, 60),
          headers: { 'content-type': 'multipart/form-data; boundary=b1' },
        },
        400,
        /multipart body cannot be parsed/,
      ],
      [
        'a parameter with two values',
        { body: new URLSearchParams(`${query}&client_id=other`) },
        400,
        /"client_id" was sent more than once/,
      ],
      [
        'Basic authentication without a colon',
        { headers: { authorization: `Basic ${Buffer.from('abc').toString('base64')}` } },
        400,
        /no colon/,
      ],
    ])('%s', async (_name, init, status, description) => {
      const answer = await ask('/oauth/token', init);
      expect([answer.status, answer.body]).toEqual([
        status,
        { error: 'invalid_request', error_description: expect.stringMatching(description) },
      ]);
    });

    test('different values in query and body', async () => {
      const answer = await ask('/oauth/token?grant_type=refresh_token', { body: new URLSearchParams(credentials) });
      expect(answer.body.error_description).toContain('"grant_type" was sent more than once');
    });

    test('wrong Basic credentials, naming the accepted scheme', async () => {
      const answer = await ask('/oauth/token?grant_type=client_credentials', {
        headers: { authorization: basic(clientId, 'nö:pe%zz') },
      });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="muniment"']);
    });
  });

  test('information about the tenant is public', async () => {
    const { body } = await ask('/oauth/info', { method: 'GET' });
    expect(body).toEqual({
      tenantId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tenantName: 'Acme Ltd',
      org: 'acme',
      pod: 'pod-1',
      authorizeEndpoint: `${server.url}/oauth/authorize`,
      tokenEndpoint: `${server.url}/oauth/token`,
      cloudDomainUrl: server.url,
      logoutUrl: `${server.url}/logout`,
    });
  });

  test('the authorisation code grant is reported as not served', async () => {
    const answer = await ask('/oauth/authorize?client_id=x&response_type=code', { method: 'GET' });
    expect([answer.status, answer.body.detailCode]).toEqual([501, '501 Not implemented']);
  });

  test('tokens are not rate limited, and their last use is recorded once a minute', async () => {
    const answers = await Promise.all(
      Array.from({ length: 150 }, () => ask('/oauth/token', { body: new URLSearchParams(credentials) })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const lastUsed = async (): Promise<string> => {
      const { body } = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
      return body.find((token: { id: string }) => token.id === clientId).lastUsed;
    };
    const first = await lastUsed();
    expect(Date.now() - Date.parse(first)).toBeLessThan(60_000);
    await ask('/oauth/token', { body: new URLSearchParams(credentials) });
    expect(await lastUsed()).toBe(first);
  });
});
