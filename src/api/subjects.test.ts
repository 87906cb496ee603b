import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ApiClient } from '../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../tests/support/engines.ts';
import { addPerson, type Person } from '../../tests/support/persons.ts';
import { startTestServer, type TestServer } from '../../tests/support/server.ts';
import { findClient, findSubject } from '../domain/clients/clients.ts';
import { loadSigningKeys } from '../domain/oauth/signing-keys.ts';
import { issueToken } from '../domain/oauth/tokens.ts';
import type { Database } from '../storage/database.ts';
import { openDatabase } from '../storage/open-database.ts';

const issuer = { url: 'http://localhost', tenantId: 't', org: 'o', pod: 'p', lifetime: 749 };
const path = '/v2025/personal-access-tokens';

describeOnEngines('subjects of access tokens', (make) => {
  let empty: EmptyDatabase;
  let server: TestServer;
  let database: Database;
  let clientId: string;
  let ada: Person;
  let grace: Person;
  beforeAll(async () => {
    empty = await make();
    server = await startTestServer(empty);
    database = await openDatabase({ url: empty.url, readers: 0 });
    ada = await addPerson(server, empty, 'Ada Lovelace', ['ORG_ADMIN']);
    grace = await addPerson(server, empty, 'Grace Hopper', []);
    const { body } = await server.api.send('POST', '/v2025/oauth-clients', {
      name: 'App',
      description: null,
      accessTokenValiditySeconds: 750,
      grantTypes: ['AUTHORIZATION_CODE'],
      accessType: 'OFFLINE',
      enabled: true,
    });
    clientId = body.id;
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    await empty.remove();
  });

  /** Calls the API as the client, for a subject or for itself. */
  async function through(subjectId: string | null): Promise<ApiClient> {
    const client = await findClient(database, clientId);
    const subject = subjectId === null ? null : await findSubject(database, subjectId);
    if (client === undefined || subject === undefined) {
      throw new Error('The client or the identity no longer exists.');
    }
    return new ApiClient(
      server.url,
      (await issueToken(await loadSigningKeys(database), issuer, client, subject)).token,
    );
  }

  test('each has the rights of its subject, which is recorded as the actor', async () => {
    const [forAda, forGrace, forItself] = [await through(ada.id), await through(grace.id), await through(null)];
    const statuses = async (of: string): Promise<number[]> =>
      Promise.all([forAda, forGrace, forItself].map(async (api) => (await api.get(of)).status));
    expect(await statuses('/v2025/sources')).toEqual([200, 403, 200]);
    expect(await statuses(`${path}?owner-id=me`)).toEqual([200, 200, 403]);
    expect((await forGrace.get('/v2025/sources')).body.messages[0].text).toContain('Grace Hopper has none');

    for (const [api, owner] of [
      [forAda, ada],
      [forGrace, grace],
    ] as const) {
      const made = await api.send('POST', path, { name: 'Mine' });
      expect([made.status, made.body.owner.id]).toEqual([200, owner.id]);
      const own = (await api.get(`${path}?owner-id=me`)).body.map(({ id }: { id: string }) => id);
      expect(own).toContain(made.body.id);
      const changes = await server.api.get(`/muniment/v1/changes?filters=objectId+eq+"${made.body.id}"`);
      expect(changes.body).toMatchObject([{ actor: { id: owner.id }, clientId }]);
      expect((await api.send('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    }
  });

  test('a user level granted to an identity takes effect immediately in all its tokens', async () => {
    const api = await through(grace.id);
    expect((await api.get('/v2025/sources')).status).toBe(403);
    const give = async (levels: string[]): Promise<void> => {
      const patch = [{ op: 'replace', path: '/capabilities', value: levels }];
      expect((await server.api.send('PATCH', `/v2025/auth-users/${grace.id}`, patch)).status).toBe(200);
    };
    await give(['SOURCE_ADMIN']);
    expect((await api.get('/v2025/sources')).status).toBe(200);
    await give([]);
    expect((await api.get('/v2025/sources')).status).toBe(403);
  });

  test('changes by a task are noticed as soon as it has ended', async () => {
    const { body: source } = await server.api.send('POST', '/v2025/sources', {
      name: 'People',
      connector: 'delimited-file-angularsc',
      authoritative: true,
      owner: { type: 'IDENTITY', id: ada.id },
    });
    const load = async (...rows: string[]): Promise<void> => {
      const csv = ['id,name,givenName,familyName,e-mail,location,manager', ...rows].join('\n');
      expect(await server.api.loadAccounts(source.id, `${csv}\n`)).toMatchObject({ completionStatus: 'SUCCESS' });
    };
    await load('mary,Mary Old,Mary,Old,mary@x.example,,', 'joan,Joan,Joan,Joan,joan@x.example,,');
    const found = await server.api.get('/v2025/identities?defaultFilter=NONE&filters=alias+eq+"mary"');
    const api = await through(found.body[0].id);
    const text = async (): Promise<string> => {
      const { body } = await api.get('/v2025/sources');
      return body.messages?.[0].text ?? body.error;
    };
    expect(await text()).toContain('Mary Old has none');
    await load('mary,Mary New,Mary,New,mary@x.example,,', 'joan,Joan,Joan,Joan,joan@x.example,,');
    // Well before the 5 seconds for which cached subjects may be used.
    await vi.waitFor(async () => expect(await text()).toContain('Mary New has none'), { timeout: 500, interval: 10 });
  });
});
