import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEntitlements, addIdentity, addSource } from '../../../tests/support/catalogue.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { openDatabase } from '../../storage/open-database.ts';
import { contractFamilies, families, type Family } from '../families.ts';

const olderFamilies = ['beta', 'v2024', 'v2025'] as const;
const newerFamilies = ['v2026', 'v1'] as const;

function url(family: Family, path = ''): string {
  const layout = families.find((known) => known.name === family);
  return layout?.urlPath(`/entitlements${path}`) ?? '';
}

describeOnEngines('entitlements over HTTP', (make) => {
  let empty: EmptyDatabase;
  let server: TestServer;
  let owner: string;
  let parent: string;
  let child: string;

  beforeAll(async () => {
    empty = await make();
    server = await startTestServer(empty);
    const database = await openDatabase({ url: empty.url, readers: 0 });
    const source = await addSource(database, 'Directory', { group: 'memberOf' });
    owner = await addIdentity(database, 'Olga Owner');
    [parent = '', child = ''] = await addEntitlements(database, [
      {
        source_id: source,
        value: 'CN=Domain Admins, DC=example',
        source_display_name: 'Domain Admins',
        source_privilege: 'HIGH',
      },
      {
        source_id: source,
        value: 'CN=Helpers',
        attributes: '{"cn":"Helpers"}',
        parents: ['CN=Domain Admins, DC=example'],
      },
    ]);
    await database.close();
  });
  afterAll(async () => {
    await server.stop();
    await empty.remove();
  });

  test.each(contractFamilies)('%s lists, counts, gets, and finds relatives', async (family) => {
    const list = await server.api.get(`${url(family)}?count=true&sorters=-name`);
    expect(list.status).toBe(200);
    expect(list.headers.get('x-total-count')).toBe('2');
    expect(list.body.map((one: { id: string }) => one.id)).toEqual([parent, child]);
    const one = await server.api.get(url(family, `/${child}`));
    expect(one.headers.get('etag')).toBe('"1"');
    expect(one.body).toEqual(list.body[1]);
    expect((await server.api.get(url(family, `/${child}/parents`))).body).toEqual([list.body[0]]);
    expect((await server.api.get(url(family, `/${parent}/children`))).body).toEqual([list.body[1]]);
    expect((await server.api.get(url(family, `/${parent}/parents?count=true`))).headers.get('x-total-count')).toBe('0');
  });

  test('the older families show whether the level is HIGH, the newer ones the levels', async () => {
    for (const family of olderFamilies) {
      const { body } = await server.api.get(url(family, `/${parent}`));
      expect(body.privileged).toBe(true);
      expect(body).not.toHaveProperty('privilegeLevel');
    }
    for (const family of newerFamilies) {
      const { body } = await server.api.get(url(family, `/${child}`));
      expect(body.privilegeLevel).toEqual({ direct: 'NONE', inherited: 'HIGH', effective: 'HIGH' });
      expect(body).not.toHaveProperty('privileged');
      expect(body).not.toHaveProperty('additionalOwners');
    }
  });

  test.each([...olderFamilies])('%s patches privileged', async (family) => {
    const path = url(family, `/${child}`);
    const patched = await server.api.send('PATCH', path, [{ op: 'replace', path: '/privileged', value: true }]);
    expect(patched.status).toBe(200);
    expect(patched.body.privileged).toBe(true);
    const newer = await server.api.get(url('v2026', `/${child}`));
    expect(newer.body.privilegeLevel).toMatchObject({ direct: 'HIGH', effective: 'HIGH', setByType: 'OVERRIDE' });
    const removed = await server.api.send('PATCH', path, [{ op: 'remove', path: '/privileged' }]);
    expect(removed.body.privileged).toBe(false);
    const refused = await server.api.send('PATCH', path, [
      { op: 'replace', path: '/privilegeOverride/level', value: 'LOW' },
    ]);
    expect(refused.status).toBe(400);
    expect(refused.body.messages[0].text).toContain('/privileged,');
  });

  test.each([...newerFamilies])('%s patches the level', async (family) => {
    const path = url(family, `/${child}`);
    const level = (value: unknown): unknown => [{ op: 'replace', path: '/privilegeOverride/level', value }];
    const patched = await server.api.send('PATCH', path, level('LOW'));
    expect(patched.body.privilegeLevel).toMatchObject({ direct: 'LOW', inherited: 'HIGH', effective: 'LOW' });
    const found = await server.api.get(`${url(family)}?filters=privilegeLevel.direct+eq+%22LOW%22`);
    expect(found.body).toEqual([patched.body]);
    expect((await server.api.send('PATCH', path, level('lowest'))).status).toBe(400);
    expect((await server.api.send('PATCH', path, [{ op: 'replace', path: '/privileged', value: true }])).status).toBe(
      400,
    );
    const removed = await server.api.send('PATCH', path, level(null));
    expect(removed.body.privilegeLevel).toEqual({ direct: 'NONE', inherited: 'HIGH', effective: 'HIGH' });
  });

  test.each(contractFamilies)('%s patches everything else', async (family) => {
    const segment = (await server.api.send('POST', '/v2025/segments', { name: 'Helpers' })).body.id;
    const path = url(family, `/${child}`);
    const { headers } = await server.api.get(path);
    const version = headers.get('etag') ?? '';
    const value = { type: 'IDENTITY', id: owner, name: 'Olga Owner' };
    const operations = [
      { op: 'test', path: '/name', value: 'CN=Helpers' },
      { op: 'replace', path: '/name', value: `Helpers of ${family}` },
      { op: 'add', path: '/description', value: 'They help.' },
      { op: 'replace', path: '/requestable', value: true },
      { op: 'add', path: '/owner', value },
      { op: 'add', path: '/additionalOwners/-', value },
      { op: 'add', path: '/segments/-', value: segment },
      {
        op: 'add',
        path: '/accessModelMetadata/attributes/-',
        value: { key: 'iscPrivacy', name: 'Privacy', values: [{ value: 'public' }] },
      },
    ];
    const patched = await server.api.send('PATCH', path, operations, { 'If-Match': version });
    expect(patched.body).toMatchObject({
      name: `Helpers of ${family}`,
      description: 'They help.',
      requestable: true,
      owner: value,
      segments: [segment],
      accessModelMetadata: { attributes: [{ key: 'iscPrivacy', name: 'Privacy', values: [{ value: 'public' }] }] },
      manuallyUpdatedFields: { DISPLAY_NAME: true, DESCRIPTION: true },
    });
    expect(patched.headers.get('etag')).not.toBe(version);
    expect((await server.api.send('PATCH', path, operations, { 'If-Match': version })).status).toBe(412);
    expect((await server.api.send('PATCH', path, operations)).body.messages[0].text).toContain('the test failed');
    const undone = await server.api.send('PATCH', path, [
      { op: 'replace', path: '/manuallyUpdatedFields', value: { DISPLAY_NAME: false, DESCRIPTION: false } },
      { op: 'replace', path: '/owner' },
      { op: 'remove', path: '/additionalOwners' },
      { op: 'remove', path: '/segments' },
      { op: 'remove', path: '/accessModelMetadata' },
      { op: 'replace', path: '/requestable', value: false },
    ]);
    expect(undone.body).toMatchObject({ name: 'CN=Helpers', description: null, owner: null, segments: null });
  });

  test('a patch that is not an array of operations is rejected', async () => {
    const path = url('v2025', `/${child}`);
    for (const body of [
      {},
      '"text"',
      { op: 'replace', path: '/name', value: 'x' },
      [7],
      [{ path: '/name' }],
      [{ op: 'set', path: '/name' }],
    ]) {
      const headers = { 'content-type': 'application/json-patch+json' };
      expect((await server.api.send('PATCH', path, body, headers)).status).toBe(400);
    }
    expect((await server.api.send('PATCH', path, [])).status).toBe(200);
  });

  test.each(contractFamilies)('%s returns 501 for unimplemented parameters', async (family) => {
    const isOlder = (olderFamilies as readonly Family[]).includes(family);
    expect((await server.api.get(`${url(family)}?account-id=x`)).status).toBe(400);
    expect((await server.api.get(`${url(family)}?filters=tags+eq+%22x%22`)).status).toBe(isOlder ? 400 : 200);
    expect((await server.api.get(`${url(family)}?searchAfter=x&sorters=id`)).status).toBe(isOlder ? 400 : 200);
  });

  test.each(contractFamilies)('%s returns an empty page with the count', async (family) => {
    const { body, headers } = await server.api.get(`${url(family)}?limit=0&count=true`);
    expect(body).toEqual([]);
    expect(headers.get('x-total-count')).toBe('2');
    expect((await server.api.get(`${url(family)}?limit=0`)).headers.get('x-total-count')).toBeNull();
  });

  test('searchAfter continues after a value with a comma', async () => {
    const value = encodeURIComponent('"CN=Domain Admins, DC=example"');
    const after = await server.api.get(`${url('v1')}?sorters=value,id&searchAfter=${value},${parent}`);
    expect(after.body.map((one: { id: string }) => one.id)).toEqual([child]);
  });

  describe('without the entitlement', () => {
    test.each(['GET', 'PATCH'])('%s returns 404', async (method) => {
      for (const id of ['nothing', '%F0%9F%94%91']) {
        const body = method === 'PATCH' ? [] : undefined;
        expect((await server.api.send(method, url('v2025', `/${id}`), body)).status).toBe(404);
      }
      expect((await server.api.get(url('v2025', '/nothing/parents'))).status).toBe(404);
      expect((await server.api.get(url('v1', '/nothing/children'))).status).toBe(404);
    });
  });
});
