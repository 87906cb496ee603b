import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';

describeOnEngines('sources over HTTP', (make) => {
  let database: EmptyDatabase;
  let server: TestServer;
  let ownerId: string;
  beforeAll(async () => {
    database = await make();
    server = await startTestServer(database);
    const claims = server.api.token.split('.')[1] ?? '';
    ownerId = JSON.parse(Buffer.from(claims, 'base64url').toString()).identity_id;
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  const reason = ({ body }: Answer): string => body.messages[0].text;
  let made = 0;
  async function create(more: object = {}): Promise<Answer['body']> {
    made += 1;
    const body = {
      name: `Source ${made}`,
      owner: { type: 'IDENTITY', id: ownerId },
      connector: 'delimited-file-angularsc',
      ...more,
    };
    const answer = await server.api.send('POST', '/v2025/sources', body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }
  function upload(path: string, text: string, part = 'file'): Promise<Answer> {
    const form = new FormData();
    form.append(part, new Blob([text]), 'template.csv');
    return server.api.send('POST', path, form);
  }

  describe.each(['/beta/sources', '/v2024/sources', '/v2025/sources', '/v2026/sources', '/sources/v1'])(
    '%s',
    (path) => {
      test('create, list, get, patch, put and delete', async () => {
        const body = {
          name: `In ${path}`,
          owner: { id: ownerId, type: 'IDENTITY' },
          connector: 'x',
          connectorName: 'Mine',
        };
        const created = await server.api.send('POST', `${path}?provisionAsCsv=true`, body);
        expect(created.status, JSON.stringify(created.body)).toBe(201);
        expect(created.headers.get('etag')).toBe('"1"');
        const { id } = created.body;

        const list = await server.api.get(
          `${path}?filters=${encodeURIComponent(`id eq "${id}"`)}&count=true&includeIDNSource=true`,
        );
        expect([list.status, list.headers.get('x-total-count'), list.body]).toEqual([200, '1', [created.body]]);

        const patch = await server.api.send('PATCH', `${path}/${id}`, [
          { op: 'add', path: '/connectorAttributes/group.delimiter', value: ';' },
          { op: 'replace', path: '/description', value: 'changed' },
        ]);
        expect(patch.status, JSON.stringify(patch.body)).toBe(200);
        expect(patch.body).toMatchObject({ connectorAttributes: { 'group.delimiter': ';' }, description: 'changed' });

        const got = await server.api.get(`${path}/${id}`);
        expect([got.status, got.headers.get('etag'), got.body]).toEqual([200, '"2"', patch.body]);

        const put = await server.api.send('PUT', `${path}/${id}`, { ...got.body, deleteThreshold: 20 });
        expect([put.status, put.body.deleteThreshold]).toEqual([200, 20]);

        const schemas = await server.api.get(`${path}/${id}/schemas?include-types=group`);
        expect(schemas.body).toMatchObject([{ name: 'group', hierarchyAttribute: null }]);
        const template = await server.api.get(`${path}/${id}/schemas/entitlements?schemaName=group`);
        expect(template.headers.get('content-type')).toBe('text/csv; charset=utf-8');
        expect(template.body).toBe(
          'id;name;displayName;created;description;modified;entitlements;groups;permissions\n',
        );

        const deletion = await server.api.send('DELETE', `${path}/${id}`);
        expect([deletion.status, deletion.body]).toEqual([
          202,
          { type: 'TASK_RESULT', id: expect.any(String), name: 'Source Deletion' },
        ]);
        expect(await server.api.waitForTask(deletion.body.id)).toMatchObject({ completionStatus: 'SUCCESS' });
        expect((await server.api.get(`${path}/${id}`)).status).toBe(404);
      });
    },
  );

  test('a source has the fields that clients need, and no null that the contract does not allow', async () => {
    const source = await create({ owner: null });
    expect(source).toMatchObject({ owner: null, cluster: null, category: null, passwordPolicies: null });
    expect(Object.keys(source)).not.toContain('description');
    expect(source.schemas).toEqual([
      { type: 'CONNECTOR_SCHEMA', id: expect.any(String), name: 'account' },
      { type: 'CONNECTOR_SCHEMA', id: expect.any(String), name: 'group' },
    ]);
    expect(source.since).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test.each<[string, object]>([
    ['Fields "name" and "connector" are required', { owner: null }],
    ['Fields "owner" and "connector" are required', { name: 'x' }],
    ['Field "deleteThreshold" is 101. It must be at most 100', { name: 'x', owner: null, deleteThreshold: 101 }],
    ['Field "deleteThreshhold" is unknown', { name: 'x', owner: null, deleteThreshhold: 1 }],
    ['Field "owner.type" is "ROLE". It must be one of IDENTITY', { name: 'x', owner: { type: 'ROLE', id: '1' } }],
    ['Field "features.0" is "FLY"', { name: 'x', owner: null, features: ['FLY'] }],
    ['Referenced owner "1" was not found', { name: 'x', owner: { id: '1' }, connector: 'DelimitedFile' }],
    ['Field "connector" is required', { name: 'x', owner: null }],
  ])('%s', async (text, body) => {
    const answer = await server.api.send('POST', '/v2025/sources', body);
    expect([answer.status, reason(answer)]).toEqual([400, expect.stringContaining(text)]);
  });

  test.each<[string, unknown]>([
    ['Field "deleteThreshold" is -1', [{ op: 'replace', path: '/deleteThreshold', value: -1 }]],
    [
      '"/colour" cannot be patched. Patchable are /name, /description, /owner,',
      [{ op: 'add', path: '/colour', value: 'red' }],
    ],
    ['"/type" cannot be patched', [{ op: 'replace', path: '/type', value: 'LDAP' }]],
    ['Field "name" is required', [{ op: 'remove', path: '/name' }]],
    ['an array of operations', {}],
    ['the test failed', [{ op: 'test', path: '/name', value: 'other' }]],
    [
      'connectorAttributes "group.quote" is "ab"',
      [{ op: 'add', path: '/connectorAttributes/group.quote', value: 'ab' }],
    ],
  ])('a patch is rejected: %s', async (text, operations) => {
    const { id } = await create();
    const answer = await server.api.send('PATCH', `/v2025/sources/${id}`, operations);
    expect([answer.status, reason(answer)]).toEqual([400, expect.stringContaining(text)]);
    expect((await server.api.get(`/v2025/sources/${id}`)).headers.get('etag')).toBe('"1"');
  });

  test('If-Match is honoured on sources and schemas', async () => {
    const { id, schemas } = await create();
    const stale = { 'if-match': '"9"' };
    const path = `/v2025/sources/${id}`;
    const operations = [{ op: 'add', path: '/description', value: 'x' }];
    expect((await server.api.send('PATCH', path, operations, stale)).status).toBe(412);
    expect((await server.api.send('DELETE', path, undefined, stale)).status).toBe(412);
    const schema = `${path}/schemas/${schemas[1].id}`;
    expect((await server.api.send('PATCH', schema, [], stale)).status).toBe(412);
    expect((await server.api.send('DELETE', schema, undefined, stale)).status).toBe(412);
    expect((await server.api.send('PATCH', path, operations, { 'if-match': '"1"' })).status).toBe(200);
  });

  test('invalid list parameters are rejected by name', async () => {
    const cases: [string, number, string][] = [
      ['filters=healthy+eq+true', 400, 'does not support the operator "eq"'],
      ['filters=cluster.id+eq+"x"', 400, '"cluster.id" is not a filter field'],
      ['sorters=category', 400, '"category" is not a sort field'],
      ['for-subadmin=me', 400, 'for-subadmin'],
      ['limit=251', 400, 'limit'],
    ];
    for (const [query, status, text] of cases) {
      const answer = await server.api.get(`/v2025/sources?${query}`);
      expect([query, answer.status, reason(answer)]).toEqual([query, status, expect.stringContaining(text)]);
    }
  });

  test('schemas are created, patched, replaced and deleted', async () => {
    const { id } = await create();
    const path = `/v2024/sources/${id}/schemas`;
    const created = await server.api.send('POST', path, {
      name: 'role',
      nativeObjectType: 'Role',
      identityAttribute: 'code',
      displayAttribute: 'code',
      attributes: [{ name: 'code', type: 'STRING', schema: null, description: '', isMulti: false }],
    });
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"']);
    expect(created.body.attributes).toEqual([
      {
        name: 'code',
        nativeName: null,
        type: 'STRING',
        schema: null,
        description: '',
        isMulti: false,
        isEntitlement: false,
        isGroup: false,
      },
    ]);
    const one = `${path}/${created.body.id}`;
    expect((await server.api.get(one)).body).toEqual(created.body);
    const patched = await server.api.send('PATCH', one, [
      {
        op: 'add',
        path: '/attributes/-',
        value: { name: 'parent', schema: { type: 'CONNECTOR_SCHEMA', name: 'role' } },
      },
      { op: 'replace', path: '/hierarchyAttribute', value: 'parent' },
    ]);
    expect([patched.status, patched.body.attributes[1].schema]).toEqual([
      200,
      { type: 'CONNECTOR_SCHEMA', id: created.body.id, name: 'role' },
    ]);
    const put = await server.api.send('PUT', one, { ...patched.body, includePermissions: true });
    expect([put.status, put.body.includePermissions, put.headers.get('etag')]).toEqual([200, true, '"3"']);
    const wrong = await server.api.send('PUT', one, { attributes: [{ name: 'a', type: 'TEXT' }] });
    expect([wrong.status, reason(wrong)]).toEqual([400, expect.stringContaining('"attributes.0.type" is "TEXT"')]);
    const gone = await server.api.send('DELETE', one);
    expect([gone.status, gone.body]).toEqual([204, '']);
    expect((await server.api.get(one)).status).toBe(404);
    expect((await server.api.get('/v2024/sources/nothing/schemas')).status).toBe(404);
  });

  test('templates are uploaded, and the spool is empty afterwards', async () => {
    const { id } = await create();
    const path = `/v2025/sources/${id}/schemas`;
    const group = await upload(`${path}/entitlements?schemaName=group`, 'code,name\n');
    expect([group.status, group.body]).toMatchObject([
      200,
      { name: 'group', identityAttribute: 'code', displayAttribute: 'name' },
    ]);
    const account = await upload(`${path}/accounts`, 'id,name,roles\n');
    expect([account.status, account.body]).toMatchObject([200, { name: 'account', identityAttribute: 'id' }]);
    expect((await server.api.get(`${path}/accounts`)).body).toBe('id,name,roles\n');
    const empty = await upload(`${path}/accounts`, '');
    expect([empty.status, reason(empty)]).toEqual([400, expect.stringContaining('cannot be read')]);
    const misplaced = await upload(`${path}/accounts`, 'id\n', 'csvFile');
    expect([misplaced.status, reason(misplaced)]).toEqual([400, expect.stringContaining('part "file"')]);
    const missing = await server.api.send('POST', `${path}/accounts`);
    expect([missing.status, reason(missing)]).toEqual([400, expect.stringContaining('contains no file')]);
    expect(readdirSync(join(server.dataDir, 'spool'))).toEqual([]);
  });
});
