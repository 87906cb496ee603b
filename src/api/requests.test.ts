import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../tests/support/api-client.ts';
import { emptySqlite, type EmptyDatabase } from '../../tests/support/engines.ts';
import { startTestServer, type TestServer } from '../../tests/support/server.ts';

describe('rejects', () => {
  let database: EmptyDatabase;
  let server: TestServer;
  let source = '';
  beforeAll(async () => {
    database = await emptySqlite();
    server = await startTestServer(database);
    const claims = JSON.parse(Buffer.from(server.api.token.split('.')[1] ?? '', 'base64url').toString());
    const body = { name: 'Files', owner: { type: 'IDENTITY', id: claims.identity_id } };
    source = (await server.api.send('POST', '/v2025/sources?provisionAsCsv=true', body)).body.id;
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  const refusal = ({ status, body }: Answer): [number, string] => [status, body.messages[0].text];
  const get = async (path: string): Promise<[number, string]> => refusal(await server.api.get(path));
  const send = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<[number, string]> => refusal(await server.api.send(method, path, body, headers));

  test.each([
    ['limit=0x10', 'Parameter "limit" is "0x10". It must be a whole number.'],
    ['limit=1e3', 'Parameter "limit" is "1e3". It must be a whole number.'],
    ['offset=1.0', 'Parameter "offset" is "1.0". It must be a whole number.'],
    ['limit=', 'Parameter "limit" is "". It must be a whole number.'],
    ['limit=-1', 'Parameter "limit" is -1. It must be at least 0.'],
    ['limit=1&limit=2', 'Parameter "limit" was sent 2 times. Send it once.'],
    ['filters=x&filters=y&filters=z', 'Parameter "filters" was sent 3 times. Send it once.'],
    ['searchAfter=a', 'Parameter "searchAfter" does not exist in v2025; v2026 and v1 have it.'],
  ])('the query %s', async (query, reason) => {
    expect(await get(`/v2025/entitlements?${query}`)).toEqual([400, reason]);
  });

  test('lists without filters or sorters', async () => {
    expect(await get('/v2025/segments?filters=x')).toEqual([
      400,
      'This list cannot be filtered. Omit the parameter "filters".',
    ]);
    expect(await get('/v2025/segments?sorters=name')).toEqual([
      400,
      'This list cannot be sorted. Omit the parameter "sorters".',
    ]);
  });

  test('a token for somebody else', async () => {
    const [status, text] = await send('POST', '/v2025/personal-access-tokens', { name: 'x', ownerId: 'y' });
    expect([status, text]).toEqual([400, expect.stringContaining('"ownerId"')]);
  });

  test('values of a filter that its field never has', async () => {
    const filtered = (field: string): string => encodeURIComponent(field);
    expect(await get(`/v2026/entitlements?filters=${filtered('privilegeLevel.direct eq "SUPER"')}`)).toEqual([
      400,
      'filters, position 26: the value of "privilegeLevel.direct" is "SUPER", expected one of "NONE", "LOW", "MEDIUM", "HIGH".',
    ]);
    expect((await get(`/v2025/task-status?filters=${filtered('completionStatus in ("ERROR", "DONE")')}`))[1]).toContain(
      'is "DONE", expected one of "SUCCESS", "WARNING", "ERROR", "TERMINATED", "TEMPERROR".',
    );
    const known = await server.api.get(`/v2026/entitlements?filters=${filtered('privilegeLevel.direct eq "high"')}`);
    expect(known.status).toBe(200);
  });

  test('missing fields, reporting all of them', async () => {
    const required = 'Fields "name", "owner" and "connector" are required.';
    expect(await send('POST', '/v2025/sources', {})).toEqual([400, required]);
    expect(await send('POST', '/v2025/sources?provisionAsCsv=true', {})).toEqual([
      400,
      'Fields "name" and "owner" are required.',
    ]);
    const { name, owner } = { name: 'x', owner: null };
    expect(await send('POST', '/v2025/sources', { name, owner })).toEqual([400, 'Field "connector" is required.']);
  });

  test('a body of null', async () => {
    expect(await send('POST', '/v2025/sources', 'null', { 'content-type': 'application/json' })).toEqual([
      400,
      'The body is null. It must be an object.',
    ]);
  });

  test('invalid patch operations', async () => {
    expect(await send('PATCH', `/v2025/sources/${source}`, [{}])).toEqual([
      400,
      'Patch operation [0] (op missing, path missing): "op" must be one of add, remove, replace, move, copy, test.',
    ]);
    const second = [{ op: 'replace', path: '/description', value: 'x' }, { op: 'remove' }];
    expect(await send('PATCH', `/v2025/sources/${source}`, second)).toEqual([
      400,
      expect.stringMatching(/^Patch operation \[1\] \(op "remove", path missing\): "path" is missing\. It must be/),
    ]);
    expect((await send('PATCH', `/v2025/sources/${source}`, [null]))[1]).toMatch(/^Patch operation \[0\] \(null\): /);
  });

  test('bodies of another media type, naming the accepted one', async () => {
    const upload = (part: string): string =>
      `Send multipart/form-data with the CSV as part "${part}" (curl -F ${part}=@groups.csv).`;
    const load = `/v2025/sources/${source}/load-entitlements`;
    const aggregate = `/v2025/entitlements/aggregate/sources/${source}`;
    const patch = 'Send application/json-patch+json.';
    const cases: [method: string, path: string, type: string, sent: string][] = [
      ['PATCH', `/v2025/sources/${source}`, 'text/xml', patch],
      ['PATCH', `/v2025/sources/${source}`, 'application/x-www-form-urlencoded', patch],
      ['PATCH', `/v2025/sources/${source}`, 'multipart/form-data; boundary=b', patch],
      ['POST', '/v2025/sources', 'application/x-www-form-urlencoded', 'Send application/json.'],
      ['POST', load, 'text/csv', upload('file')],
      ['POST', load, 'text/plain', upload('file')],
      ['POST', load, 'application/x-www-form-urlencoded', upload('file')],
      ['POST', aggregate, 'text/csv', upload('csvFile')],
      ['POST', `/v2025/sources/${source}/schemas/entitlements`, 'text/csv', upload('file')],
      ['DELETE', `/v2025/sources/${source}`, 'text/xml', 'Send no body.'],
    ];
    for (const [method, path, type, sent] of cases) {
      const body = type.startsWith('multipart') ? '--b--\r\n' : 'id,name\na,Alpha\n';
      const refused = await send(method, path, body, { 'content-type': type });
      expect(refused, `${method} ${path} ${type}`).toEqual([415, `Content-Type "${type}" is not supported. ${sent}`]);
    }
    const bytes = new Uint8Array(6_000_000).fill(97);
    expect((await send('POST', load, bytes, { 'content-type': 'text/csv' }))[0]).toBe(415);
    // An array of bytes is sent without a content type.
    expect(await send('POST', load, bytes.slice(0, 10))).toEqual([
      415,
      `The body has no Content-Type. ${upload('file')}`,
    ]);
  });

  test('an invalid multipart body, in one sentence', async () => {
    const broken = await send('POST', `/v2025/sources/${source}/load-entitlements`, '--b\r\nContent-Dispo', {
      'content-type': 'multipart/form-data; boundary=b',
    });
    expect(broken[1]).toMatch(/^The multipart body cannot be parsed: .*[^.]\.$/);
  });

  test('a path segment that is too long, and long ids, without repeating them', async () => {
    const [status, text] = await get(`/v2025/entitlements/${'a'.repeat(5000)}`);
    expect([status, text]).toEqual([
      400,
      'A segment of the path is longer than 500 characters, the maximum length of an id or name.',
    ]);
    const known = await get(`/v2025/entitlements/${'a'.repeat(500)}`);
    expect(known).toEqual([404, `There is no entitlement with id "${'a'.repeat(60)}…".`]);
    expect((await get(`/v2025/roles/${'a'.repeat(480)}`))[1].length).toBeLessThan(400);
    expect((await get(`/nothing/${'a/'.repeat(2000)}`))[1].length).toBeLessThan(500);
    expect((await send('DELETE', `/nothing%zz${'a'.repeat(3000)}`, undefined))[1].length).toBeLessThan(300);
    const filters = encodeURIComponent(`${'x'.repeat(3000)} eq "1"`);
    expect((await get(`/v2025/sources?filters=${filters}`))[1].length).toBeLessThan(1000);
    for (const body of [
      { [`x${'y'.repeat(3000)}`]: 1 },
      {
        name: 'z'.repeat(1999),
        owner: { type: 'IDENTITY', id: 'o'.repeat(3000) },
        connector: 'delimited-file-angularsc',
      },
      { name: ' '.repeat(3000), owner: null, connector: 'delimited-file-angularsc' },
      { name: 'x', owner: null, connector: 'c'.repeat(3000) },
      {
        name: 'x',
        owner: null,
        connector: 'delimited-file-angularsc',
        connectorAttributes: { 'group.quote': 'q'.repeat(3000) },
      },
    ]) {
      expect((await send('POST', '/v2025/sources', body))[1].length).toBeLessThan(1000);
    }
  });
});
