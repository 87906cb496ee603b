import { afterAll, beforeAll, expect, test } from 'vitest';
import { addEntitlements } from '../../../tests/support/catalogue.ts';
import type { Answer } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson } from '../../../tests/support/persons.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import type { Database } from '../../storage/database.ts';
import { openDatabase } from '../../storage/open-database.ts';

describeOnEngines('processing, ownership and reset of identities', (make) => {
  let empty: EmptyDatabase;
  let server: TestServer;
  let database: Database;
  let adminId: string;
  beforeAll(async () => {
    empty = await make();
    server = await startTestServer(empty);
    database = await openDatabase({ url: empty.url, readers: 0 });
    const tokens = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    adminId = tokens.body.find(({ id }: { id: string }) => id === administrator.clientId).owner.id;
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    await empty.remove();
  });

  async function createSource(name: string, authoritative = false): Promise<string> {
    const owner = { type: 'IDENTITY', id: adminId };
    const connector = 'delimited-file-angularsc';
    return (await server.api.send('POST', '/v2025/sources', { name, connector, authoritative, owner })).body.id;
  }
  async function load(source: string, csv: string): Promise<void> {
    expect(await server.api.loadAccounts(source, csv)).toMatchObject({ completionStatus: 'SUCCESS' });
  }
  async function processed(ids: readonly string[]): Promise<Answer['body']> {
    const { status, body } = await server.api.send('POST', '/v2025/identities/process', { identityIds: ids });
    expect([status, body]).toEqual([202, { type: 'TASK_RESULT', id: expect.any(String), name: 'Identity Refresh' }]);
    return server.api.waitForTask(body.id);
  }
  const read = async (id: string): Promise<Answer['body']> => (await server.api.get(`/v2025/identities/${id}`)).body;
  const text = ({ status, body }: Answer): [number, string] => [status, body.messages?.[0]?.text ?? body.error];

  test('processing computes attributes, managers and correlation again', async () => {
    const hr = await createSource('HR', true);
    const erp = await createSource('ERP');
    await server.api.send('PUT', `/v2025/sources/${erp}/correlation-config`, {
      attributeAssignments: [{ property: 'email', value: 'e-mail', operation: 'EQ' }],
    });
    await load(hr, 'id,name,e-mail,manager\nada,Ada,ada@x.example,\nbob,Bob,bob@x.example,ada\n');
    await load(erp, 'id,name,e-mail,groups\n1,One,ada@x.example,a\n2,Two,bob@x.example,a\n3,Three,cy@x.example,a\n');
    const { body: people } = await server.api.get('/v2025/identities?sorters=alias');
    const ids: string[] = people.map(({ id }: { id: string }) => id);
    const [, ada = '', bob = ''] = [ids.find((id) => id === adminId), ...ids.filter((id) => id !== adminId)];
    const before = await Promise.all([read(ada), read(bob)]);
    const accounts = async (): Promise<unknown[]> =>
      database.keyed.query
        .selectFrom('account')
        .select(['native_identity as name', 'identity_id as identity', 'source_id as source'])
        .orderBy('id')
        .execute();
    const links = await accounts();
    const changes = async (): Promise<number> =>
      (await server.api.get('/muniment/v1/changes?count=true&limit=0')).headers.get('x-total-count') as never;

    // Up to date: only the time changes.
    const count = await changes();
    expect(await processed([ada, bob])).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { total: 2, updated: 0, failed: 0 },
    });
    expect(await changes()).toBe(count);
    expect(await accounts()).toEqual(links);
    const after = await read(bob);
    expect(after).toEqual({ ...before[1], lastRefresh: after.lastRefresh });
    expect(Date.parse(after.lastRefresh)).toBeGreaterThan(Date.parse(before[1]?.lastRefresh));

    // An account that matches, but was not correlated.
    await database.write(async ({ query }) => {
      await query.updateTable('account').set({ identity_id: null }).where('native_identity', '=', '2').execute();
    });
    expect(await processed([bob])).toMatchObject({ attributes: { total: 1, updated: 0, failed: 0 } });
    expect(await accounts()).toEqual(links);

    // Out of date, as nothing but a defect could make it.
    await database.write(async ({ query }) => {
      await query
        .updateTable('identity')
        .set({ name: 'Wrong', email: null, manager_id: null, attributes: '{}' })
        .where('id', '=', bob)
        .execute();
      await query.deleteFrom('identity_attribute').where('identity_id', '=', bob).execute();
      await query.updateTable('account').set({ identity_id: null }).where('native_identity', '=', '2').execute();
      await query.updateTable('account').set({ identity_id: bob }).where('native_identity', 'in', ['1', '3']).execute();
    });
    expect(await processed([bob, ada, 'f'.repeat(32)])).toMatchObject({
      completionStatus: 'WARNING',
      attributes: { total: 3, updated: 1, failed: 1 },
      messages: [{ type: 'WARN', localizedText: { message: `There is no identity with id "${'f'.repeat(32)}".` } }],
    });
    expect(await accounts()).toEqual(links);
    const { attributes, managerRef, name, emailAddress } = await read(bob);
    expect({ attributes, managerRef, name, emailAddress }).toEqual({
      attributes: before[1]?.attributes,
      managerRef: before[1]?.managerRef,
      name: 'Bob',
      emailAddress: 'bob@x.example',
    });
  });

  test('invalid requests for processing are rejected', async () => {
    for (const [body, reason] of [
      [{ identityIds: [] }, 'at least 1 item'],
      [{ identityIds: Array.from({ length: 251 }, () => 'x') }, 'at most 250 items'],
      [{}, '"identityIds" is required'],
      [{ identityIds: ['a\0'] }, 'NUL'],
    ] as const) {
      const answer = await server.api.send('POST', '/beta/identities/process', body);
      expect(text(answer)).toEqual([400, expect.stringContaining(reason)]);
    }
  });

  test('ownership lists what an identity owns', async () => {
    const zoe = await addPerson(server, empty, 'Zoe Wolf', []);
    const path = `/v2026/identities/${zoe.id}/ownership`;
    expect((await server.api.get(path)).body).toEqual({ associationDetails: [] });
    const source = await createSource('Mine');
    await server.api.send('PATCH', `/v2025/sources/${source}`, [
      { op: 'replace', path: '/owner', value: { type: 'IDENTITY', id: zoe.id } },
    ]);
    const owners = JSON.stringify([{ type: 'IDENTITY', id: zoe.id, name: 'Zoe Wolf' }]);
    await addEntitlements(database, [
      ...Array.from({ length: 260 }, (_, index) => ({ source_id: source, value: `v${index}`, owner_id: zoe.id })),
      { source_id: source, value: 'also', additional_owners: owners },
    ]);
    const { body: segment } = await server.api.send('POST', '/v2025/segments', {
      name: 'Sales',
      owner: { type: 'IDENTITY', id: zoe.id },
    });
    const { associationDetails } = (await server.api.get(path)).body;
    expect(
      associationDetails.map(({ associationType, total, entities }: Answer['body']) => [
        associationType,
        total,
        entities.length,
        entities[0].identityEntity,
      ]),
    ).toEqual([
      ['SOURCE_OWNER', 1, 1, { id: source, name: 'Mine', type: 'SOURCE' }],
      ['ENTITLEMENT_OWNER', 260, 250, { id: expect.any(String), name: 'v0', type: 'ENTITLEMENT' }],
      ['ENTITLEMENT_ADDITIONAL_OWNER', 1, 1, { id: expect.any(String), name: 'also', type: 'ENTITLEMENT' }],
      ['SEGMENT_OWNER', 1, 1, { id: segment.id, name: 'Sales', type: 'SEGMENT' }],
    ]);
    expect((await server.api.get(`/v2025/identities/${'f'.repeat(32)}/ownership`)).status).toBe(404);
  });

  test('there are no role assignments', async () => {
    const path = `/v2025/identities/${adminId}/role-assignments`;
    const { status, body } = await server.api.get(`${path}?roleName=Admin`);
    expect([status, body]).toEqual([200, []]);
    expect(text(await server.api.get(`${path}/x`))).toEqual([404, 'There is no role assignment with id "x".']);
    for (const rest of ['', '/x']) {
      const answer = await server.api.get(`/v2025/identities/unknown/role-assignments${rest}`);
      expect(text(answer)).toEqual([404, 'There is no identity with id "unknown".']);
    }
  });

  test('a reset removes the user levels', async () => {
    const eve = await addPerson(server, empty, 'Eve Adams', ['ORG_ADMIN', 'HELPDESK']);
    const reset = (id: string, headers = {}): Promise<Answer> =>
      server.api.send('POST', `/v2025/identities/${id}/reset`, undefined, headers);
    expect((await eve.api.get('/v2025/sources')).status).toBe(200);
    expect((await reset(eve.id, { 'if-match': '"99"' })).status).toBe(412);
    expect(await reset(eve.id)).toMatchObject({ status: 202 });
    expect((await eve.api.get('/v2025/sources')).status).toBe(403);
    expect((await server.api.get(`/v2025/auth-users/${eve.id}`)).body.capabilities).toEqual([]);
    expect((await server.api.send('POST', `/beta/identities/${eve.id}/reset`)).status).toBe(202);
    expect((await eve.api.send('POST', `/v2025/identities/${adminId}/reset`)).status).toBe(403);
    expect(text(await reset(adminId))).toEqual([400, expect.stringContaining('last user with level ORG_ADMIN')]);
    expect((await reset('f'.repeat(32))).status).toBe(404);
  });

  test('what would send e-mail or write to sources is refused with the reason', async () => {
    for (const [url, reason] of [
      ['/v2025/identities/invite', 'No e-mail is sent from here'],
      [`/identities/v1/${adminId}/verification/account/send`, 'No e-mail is sent from here'],
      [`/beta/identities/${adminId}/synchronize-attributes`, 'POST /identities/process'],
    ] as const) {
      expect(text(await server.api.send('POST', url, {}))).toEqual([501, expect.stringContaining(reason)]);
    }
  });
});
