import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { contractOperations } from '../../src/api/contract/contract-operations.ts';
import { contractFamilies } from '../../src/api/families.ts';
import { operations } from '../../src/api/operations.ts';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, form, pathIn, refusal } from './acceptance.ts';

const nowhere = 'f'.repeat(32);

describeServer('the contract', (server) => {
  const plain = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${server().url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? '' : JSON.parse(text) };
  };

  describe('operations that are not served', () => {
    test.each(contractFamilies)(
      'of %s are 401 without a token, then 501 naming operation and family',
      async (family) => {
        for (const [method, path, operationId] of [
          ['GET', `/roles/${nowhere}`, 'getRole'],
          ['POST', '/access-requests', 'createAccessRequest'],
          ['GET', '/roles', 'listRoles'],
          ['POST', '/access-requests', 'createAccessRequest'],
        ] as const) {
          const url = pathIn(family, path);
          expect(refusal(await plain(url, { method })), url).toEqual([401, expect.stringContaining('no JWT was sent')]);
          const answer = await server().api.send(method, url);
          expect([answer.body.detailCode, ...refusal(answer)], url).toEqual([
            '501 Not implemented',
            501,
            expect.stringMatching(
              new RegExp(`^Operation ${operationId}(V1)? .* in the contract of ${family} but not served`),
            ),
          ]);
        }
      },
    );

    test('include every operation of the contract: none is a 404', async () => {
      const shape = (text: string): string => text.replaceAll(/\{[^}]+\}/g, '{}');
      const served = operations.flatMap(({ method, path, families }) =>
        families.map((family) => shape(`${method} ${pathIn(family, path)}`)),
      );
      const rest = contractOperations().filter(({ method, url }) => !served.includes(shape(`${method} ${url}`)));
      // A sample, because there are more than a thousand.
      const sample = rest.filter((_, index) => index % 5 === 0);
      expect(sample.length).toBeGreaterThan(200);
      for (const { method, url, operationId } of sample) {
        const answer = await server().api.send(method, url.replaceAll(/\{[^}]+\}/g, nowhere));
        expect(`${operationId} ${answer.status}`).toBe(`${operationId} 501`);
      }
    });
  });

  test('unknown paths are 404 and other methods 405, with the alternatives', async () => {
    for (const path of ['/v2025/nothing', '/v2027/entitlements', '/entitlements', '/v3/entitlements', '/']) {
      expect(refusal(await server().api.get(path))).toEqual([
        404,
        expect.stringMatching(`^There is no operation GET ${path}\\. .* listed at /docs\\.$`),
      ]);
    }
    for (const [method, path, allowed] of [
      ['DELETE', '/v2025/entitlements', 'GET'],
      ['POST', `/entitlements/v1/${nowhere}`, 'GET, PATCH'],
      ['PATCH', '/beta/sources', 'GET, POST'],
    ] as const) {
      const answer = await server().api.send(method, path);
      expect([answer.body.detailCode, ...refusal(answer)]).toEqual([
        '405 Method not allowed',
        405,
        `${path} does not support ${method}. It supports ${allowed}.`,
      ]);
      expect((await plain(path, { method })).status).toBe(401);
    }
  });

  test('errors have the error body, and the tracking id of the header', async () => {
    const { headers, body } = await server().api.get(`/v2025/entitlements/${nowhere}`);
    const text = `There is no entitlement with id "${nowhere}".`;
    expect(body).toEqual({
      detailCode: '404 Not found',
      trackingId: expect.stringMatching(/^[0-9a-f]{32}$/),
      messages: [
        { locale: 'en-US', localeOrigin: 'DEFAULT', text },
        { locale: 'und', localeOrigin: 'REQUEST', text },
      ],
      causes: [],
    });
    expect(headers.get('slpt-request-id')).toBe(body.trackingId);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    const german = await server().api.get(`/v2025/entitlements/${nowhere}`, { 'accept-language': 'de-DE,de;q=0.9' });
    expect(german.body.messages[1]).toEqual({ locale: 'de-DE', localeOrigin: 'REQUEST', text });
    expect(german.body.trackingId).not.toBe(body.trackingId);
    // Every response has one, including successes and those without a token.
    for (const answer of [await server().api.get('/v2025/entitlements?limit=1'), await plain('/v2025/sources')]) {
      expect(answer.headers.get('slpt-request-id')).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  test('headers that clients add are accepted', async () => {
    for (const headers of [
      { 'x-sailpoint-experimental': 'true' },
      { 'x-sailpoint-sdk': 'typescript-1.4.15', accept: 'application/json, text/plain, */*' },
      { accept: 'text/csv' },
      { 'slpt-request-id': 'mine' },
    ]) {
      expect((await server().api.get('/v2024/entitlements?limit=1', headers as Record<string, string>)).status).toBe(
        200,
      );
    }
  });

  test('a trailing slash in a path is ignored', async () => {
    const source = await server().createSource();
    for (const path of ['/beta/sources/', '/entitlements/v1/', `/v2025/sources/${source.id}/`, '/v2026/task-status/']) {
      expect((await server().api.get(path)).status, path).toBe(200);
    }
  });

  test.each([
    ['application/json', 'GET', '/v2025/sources?limit=1', 200],
    ['application/json', 'DELETE', `/v2025/sources/${nowhere}`, 404],
    ['application/json', 'POST', `/v2025/sources/${nowhere}/load-entitlements`, 404],
    ['application/x-www-form-urlencoded', 'POST', `/v2025/sources/${nowhere}/load-entitlements`, 404],
    ['application/json', 'POST', '/v2025/sources', 400],
    ['application/json-patch+json', 'PATCH', `/v2025/entitlements/${nowhere}`, 400],
  ])('an empty body of %s with %s %s counts as no body', async (contentType, method, path, status) => {
    // Unlike fetch(), this can send content with GET, like PowerShell.
    const received = await new Promise<number>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${server().api.token}`,
        'content-type': contentType,
        'content-length': '0',
      };
      request(`${server().url}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(received).toBe(status);
  });

  test('invalid bodies are 400 or 415 with the reason', async () => {
    const source = await server().createSource();
    const send = (body: unknown, contentType: string): Promise<Answer> =>
      server().api.send('PUT', `/v2025/sources/${source.id}`, body, { 'content-type': contentType });
    expect(refusal(await send('{"name":', 'application/json'))).toEqual([
      400,
      expect.stringContaining('The body is not JSON'),
    ]);
    expect(refusal(await send('<a/>', 'application/xml'))).toEqual([415, expect.stringContaining('application/json')]);
    expect(refusal(await send('[1,2]', 'application/json'))).toEqual([
      400,
      expect.stringContaining('It must be an object'),
    ]);
    expect((await send(`{"name":"${'x'.repeat(6_000_000)}"}`, 'application/json')).status).toBe(413);
    const multipart = await server().api.send('PUT', `/v2025/sources/${source.id}`, form(['file', 'x']));
    expect(multipart.status).toBe(415);
    // A JSON Patch is accepted as application/json, too.
    const patch = await server().api.send('PATCH', `/v2025/sources/${source.id}`, [], {
      'content-type': 'application/json',
    });
    expectStatus(patch, 200);
  });

  test('URLs that cannot be decoded, or have characters that cannot be stored, are client errors', async () => {
    for (const path of [
      '/v2025/entitlements/%zz',
      '/v2025/entitlements/%00',
      '/v2025/entitlements?filters=name+eq+"%00"',
      `/v2025/sources/${'x'.repeat(600)}`,
    ]) {
      expect([400, 404, 414], path).toContain((await server().api.get(path)).status);
    }
  });

  test('health, metrics, documents and the reference need no token', async () => {
    expect(await plain('/health/live')).toMatchObject({ status: 200, body: { status: 'UP' } });
    expect(await plain('/health/ready')).toMatchObject({ status: 200, body: { status: 'UP' } });
    for (const [path, type] of [
      ['/metrics', 'text/plain'],
      ['/docs/', 'text/html'],
      ...contractFamilies.map((family) => [`/openapi/${family}.json`, 'application/json'] as const),
    ] as const) {
      const response = await fetch(`${server().url}${path}`);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        expect.stringContaining(type),
      ]);
    }
    const document = (await plain('/openapi/v2025.json')).body;
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1/), paths: expect.any(Object) });
    expect(Object.keys(document.paths)).toContain('/entitlements/{id}');
  });
});
