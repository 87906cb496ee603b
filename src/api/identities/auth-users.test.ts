import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, ApiClient } from '../../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson, type Person } from '../../../tests/support/persons.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

const path = '/v2025/auth-users';

describeOnEngines('auth users', (make) => {
  let database: EmptyDatabase;
  let server: TestServer;
  let ada: Person;
  let adminId: string;
  beforeAll(async () => {
    database = await make();
    server = await startTestServer(database, { tenantName: 'Acme' });
    ada = await addPerson(server, database, 'Ada Lovelace', []);
    const { body } = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    adminId = body.find(({ id }: { id: string }) => id === administrator.clientId).owner.id;
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  function text(answer: Answer): [number, string] {
    return [answer.status, answer.body.messages?.[0]?.text ?? answer.body.error];
  }
  function assign(id: string, capabilities: unknown, by: ApiClient = server.api, headers = {}): Promise<Answer> {
    return by.send('PATCH', `${path}/${id}`, [{ op: 'replace', path: '/capabilities', value: capabilities }], headers);
  }

  test('a user is shown with their capabilities', async () => {
    const { body, headers } = await server.api.get(`${path}/${ada.id}`);
    expect(headers.get('etag')).toMatch(/^"\d+"$/);
    expect(body).toEqual({
      tenant: 'Acme',
      id: ada.id,
      uid: ada.id,
      alias: ada.id,
      displayName: 'Ada Lovelace',
      firstname: 'Ada',
      lastname: 'Lovelace',
      identificationNumber: null,
      email: null,
      phone: null,
      workPhone: null,
      personalEmail: null,
      lastPasswordChangeDate: null,
      lastUnlockTimestamp: null,
      capabilities: [],
    });
  });

  test('assigning and removing a level takes effect immediately', async () => {
    const tokens = '/v2025/personal-access-tokens';
    expect((await ada.api.get(tokens)).status).toBe(403);
    const assigned = await assign(ada.id, ['SOURCE_ADMIN', 'ORG_ADMIN', 'ORG_ADMIN', 'das:ui-auditor']);
    expect(assigned.body.capabilities).toEqual(['ORG_ADMIN', 'SOURCE_ADMIN', 'das:ui-auditor']);
    expect((await ada.api.get(tokens)).status).toBe(200);
    const same = await assign(ada.id, ['das:ui-auditor', 'SOURCE_ADMIN', 'ORG_ADMIN']);
    expect(same.headers.get('etag')).toBe(assigned.headers.get('etag'));
    expect((await assign(ada.id, null)).body.capabilities).toEqual([]);
    expect((await ada.api.get(tokens)).status).toBe(403);
  });

  test('the last administrator keeps the level', async () => {
    expect(text(await assign(adminId, ['HELPDESK']))).toEqual([
      400,
      'Administrator is the last user with level ORG_ADMIN and must keep it. Assign it to another user first.',
    ]);
    await assign(ada.id, ['ORG_ADMIN']);
    expect((await assign(adminId, ['HELPDESK'])).status).toBe(200);
    expect((await assign(ada.id, ['ORG_ADMIN'])).status).toBe(403);
    await assign(adminId, ['ORG_ADMIN'], ada.api);
  });

  test('users cannot make themselves administrators', async () => {
    await assign(ada.id, ['SOURCE_ADMIN']);
    expect(text(await assign(ada.id, ['ORG_ADMIN'], ada.api))).toEqual([403, expect.stringContaining('ORG_ADMIN')]);
    expect((await ada.api.get(`${path}/${adminId}`)).status).toBe(403);
  });

  test('invalid patches are rejected with the reason', async () => {
    const patch = (operations: unknown): Promise<Answer> => server.api.send('PATCH', `${path}/${ada.id}`, operations);
    for (const [operations, reason] of [
      [[{ op: 'replace', path: '/capabilities', value: ['KING'] }], '"capabilities.0" is "KING". It must be one of'],
      [[{ op: 'replace', path: '/capabilities', value: 'ORG_ADMIN' }], 'Field "capabilities" is "ORG_ADMIN"'],
      [[{ op: 'replace', path: '/email', value: 'a@b' }], '"/email" cannot be patched. Patchable are /capabilities.'],
      [[{ op: 'replace', path: '/__proto__', value: {} }], '/__proto__'],
    ] as const) {
      expect(text(await patch(operations)), reason).toEqual([400, expect.stringContaining(reason)]);
    }
    expect((await assign(ada.id, [], server.api, { 'if-match': '"99"' })).status).toBe(412);
    for (const id of ['x', '%00', 'f'.repeat(32)]) {
      expect((await server.api.get(`${path}/${id}`)).status).toBe(404);
      expect((await assign(id, [])).status).toBe(404);
    }
  });

  test('they are in every family except beta', async () => {
    for (const url of ['/v2024/auth-users', '/v2026/auth-users', '/auth-users/v1']) {
      expect((await server.api.get(`${url}/${ada.id}`)).status).toBe(200);
    }
    expect((await server.api.get(`/beta/auth-users/${ada.id}`)).status).toBe(404);
  });
});
