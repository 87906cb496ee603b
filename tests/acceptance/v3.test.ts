import { AccountsApi, PublicIdentitiesApi, SourcesApi } from 'sailpoint-api-client';
import { beforeAll, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, refusal } from './acceptance.ts';
import { configurationOf } from './sdk.ts';

describeServer('v3', (server) => {
  let source: Answer['body'];
  let account: Answer['body'];
  beforeAll(async () => {
    source = await server().createSource();
    await server().load(source, 'id,name\nadmins,Administrators\n');
    const form = new FormData();
    form.append('file', new Blob(['id,name,groups\nbob,Bob,admins\nann,Ann,\n']), 'accounts.csv');
    const started = await server().api.send('POST', `/v2024/sources/${source.id}/load-accounts`, form);
    await server().api.waitForTask(expectStatus(started, 202).task.id);
    const filters = `sourceId eq "${source.id}" and nativeIdentity eq "bob"`;
    [account] = expectStatus(await server().api.get(`/v2024/accounts?${new URLSearchParams({ filters })}`), 200);
  });

  test('answers as v2024 does', async () => {
    const { api, identityId } = server();
    const [schema] = expectStatus(await api.get(`/v2024/sources/${source.id}/schemas`), 200);
    const ofSource = (field: string): string =>
      new URLSearchParams({ filters: `${field} eq "${source.id}"` }).toString();
    for (const path of [
      `/accounts?${ofSource('sourceId')}&sorters=name&count=true`,
      `/accounts/${account.id}`,
      `/accounts/${account.id}/entitlements?count=true`,
      `/public-identities?${new URLSearchParams({ filters: `id eq "${identityId}"` })}`,
      `/sources?${ofSource('id')}&count=true`,
      `/sources/${source.id}`,
      `/sources/${source.id}/schemas`,
      `/sources/${source.id}/schemas/${schema.id}`,
      `/sources/${source.id}/schemas/accounts`,
      `/sources/${source.id}/schemas/entitlements`,
      '/personal-access-tokens?owner-id=me',
      `/auth-users/${identityId}`,
    ]) {
      const [older, newer] = [await api.get(`/v3${path}`), await api.get(`/v2024${path}`)];
      expectStatus(newer, 200);
      for (const header of ['content-type', 'etag', 'x-total-count']) {
        expect(older.headers.get(header), `${header} of ${path}`).toBe(newer.headers.get(header));
      }
      expect([older.status, older.body], path).toEqual([200, newer.body]);
    }
  });

  test('makes tokens that expire, changes and deletes them, as v2024 does', async () => {
    const { api } = server();
    const tokens = '/v3/personal-access-tokens';
    const made = expectStatus(await api.send('POST', tokens, { name: 'Of v3' }), 200);
    expect(Date.parse(made.expirationDate)).toBeGreaterThan(Date.now());
    expect(made).not.toHaveProperty('userAwareTokenNeverExpires');
    const patch = [{ op: 'replace', path: '/name', value: 'Of v3, renamed' }];
    expect(expectStatus(await api.send('PATCH', `${tokens}/${made.id}`, patch), 200).name).toBe('Of v3, renamed');
    expectStatus(await api.send('DELETE', `${tokens}/${made.id}`), 204);
    expect((await api.send('DELETE', `${tokens}/${made.id}`)).status).toBe(404);
  });

  test('is what the SDK calls by default', async () => {
    const configuration = configurationOf(server());
    const sources = await new SourcesApi(configuration).listSources({ filters: `id eq "${source.id}"` });
    expect(sources.data.map(({ name }) => name)).toEqual([source.name]);
    const accounts = new AccountsApi(configuration);
    expect((await accounts.getAccount({ id: account.id })).data.nativeIdentity).toBe('bob');
    const held = (await accounts.getAccountEntitlements({ id: account.id })).data;
    expect(held.map((entitlement) => (entitlement as { value?: string }).value)).toEqual(['admins']);
    const filters = `id eq "${server().identityId}"`;
    expect((await new PublicIdentitiesApi(configuration).getPublicIdentities({ filters })).data).toHaveLength(1);
  });

  test('refuses what it has and this version does not with 501, what only others have with 404', async () => {
    const { api } = server();
    expect(refusal(await api.send('POST', '/v3/search', { indices: ['identities'] }))).toEqual([
      501,
      'Operation searchPost (POST /v3/search) is in the contract of v3 but not served by this version.',
    ]);
    for (const path of ['/entitlements', '/identities', '/task-status', `/sources/${source.id}/correlation-config`]) {
      expect((await api.get(`/v2024${path}`)).status, path).toBe(200);
      expect((await api.get(`/v3${path}`)).status, path).toBe(404);
    }
  });

  test('asks for the scopes that it names itself', async () => {
    const document = expectStatus(await server().api.get('/openapi/v3.json'), 200);
    expect(document.paths['/sources/{id}/schemas/entitlements'].get.security).toEqual([
      { userAuth: ['idn:source-schema:read'] },
    ]);
    expect(document.paths['/entitlements']).toBeUndefined();
  });
});
