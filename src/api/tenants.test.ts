import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from '../../tests/support/api-client.ts';
import { describeOnEngines, type EmptyDatabase } from '../../tests/support/engines.ts';
import { administrator } from '../../tests/support/server.ts';
import { startTenants, type TenantsServer } from '../../tests/support/tenants.ts';

describeOnEngines('two tenants in one process', (make) => {
  let databases: readonly [EmptyDatabase, EmptyDatabase];
  let server: TenantsServer;
  let one: ApiClient;
  let other: ApiClient;
  beforeAll(async () => {
    databases = [await make(), await make()];
    server = await startTenants(databases, { rateLimit: '200' });
    [one, other] = server.apis;
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all(databases.map((database) => database.remove()));
  });

  test('a token of one is rejected by the other', async () => {
    expect((await one.get('/v2025/sources')).status).toBe(200);
    for (const [api, token] of [
      [one, other.token],
      [other, one.token],
    ] as const) {
      const { status, body } = await new ApiClient(api.url, token).get('/v2025/sources');
      expect([status, body.error]).toEqual([401, expect.stringContaining('a key that this server does not know')]);
    }
  });

  test('each has its own id, name, issuer and keys', async () => {
    const [info, otherInfo] = [(await one.get('/oauth/info')).body, (await other.get('/oauth/info')).body];
    expect([info.tenantName, otherInfo.tenantName]).toEqual(['Tenant 0', 'Tenant 1']);
    expect(info.tenantId).not.toBe(otherInfo.tenantId);
    for (const [api, { tenantId }] of [
      [one, info],
      [other, otherInfo],
    ] as const) {
      const claims = JSON.parse(Buffer.from(api.token.split('.')[1] ?? '', 'base64url').toString());
      expect(claims).toMatchObject({ iss: api.url, tenant_id: tenantId });
    }
    expect((await one.get('/oauth/jwks')).body.keys).not.toEqual((await other.get('/oauth/jwks')).body.keys);
  });

  test('neither sees data, changes or tasks of the other', async () => {
    const tokens = await one.get('/v2025/personal-access-tokens?owner-id=me');
    const { body: source } = await one.send('POST', '/v2025/sources', {
      name: 'Directory',
      connector: 'delimited-file-angularsc',
      owner: { type: 'IDENTITY', id: tokens.body[0].owner.id },
    });
    const task = await one.loadEntitlements(source.id, 'id,name,displayName\na,a,A\nb,b,B\n');
    expect(task).toMatchObject({ completionStatus: 'SUCCESS' });
    const counts = async (api: ApiClient): Promise<number[]> =>
      Promise.all(
        ['/v2025/sources', '/v2025/entitlements', '/v2025/task-status'].map(
          async (path) => (await api.get(path)).body.length,
        ),
      );
    expect(await counts(one)).toEqual([1, 2, 1]);
    expect(await counts(other)).toEqual([0, 0, 0]);
    expect((await other.get(`/v2025/sources/${source.id}`)).status).toBe(404);
    expect((await other.get(`/v2025/task-status/${task.id}`)).status).toBe(404);
    const types = async (api: ApiClient): Promise<Set<string>> =>
      new Set((await api.get('/muniment/v1/changes')).body.map(({ objectType }: { objectType: string }) => objectType));
    const initial = ['CLIENT', 'IDENTITY', 'METADATA_ATTRIBUTE'];
    expect(await types(one)).toEqual(new Set([...initial, 'SOURCE', 'CONNECTOR_SCHEMA', 'ENTITLEMENT']));
    expect(await types(other)).toEqual(new Set(initial));
  });

  test('requests of one do not count for the rate limit of the other', async () => {
    const path = '/v2026/sources';
    const answers = await Promise.all(Array.from({ length: 220 }, () => other.get(path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    // The administrators of both have the same client id.
    expect((await one.get(path)).status).toBe(200);
  });

  test('deleting a client of one does not affect the client with the same id of the other', async () => {
    const path = `/v2025/personal-access-tokens/${administrator.clientId}`;
    const { status } = await one.send('DELETE', path);
    expect(status).toBe(204);
    expect((await one.get('/v2025/sources')).status).toBe(401);
    expect((await other.get('/v2025/sources')).status).toBe(200);
  });

  test('a path without a route is rejected by its tenant, and health checks need none', async () => {
    expect((await other.get('/v2025/nothing')).status).toBe(404);
    const statusFor = async (path: string): Promise<number | undefined> => {
      const { port } = new URL(one.url);
      // fetch() always sends the host of the URL.
      const sent = request({ host: '127.0.0.1', port, path, headers: { host: 'elsewhere.example' }, agent: false });
      const [response] = (await once(sent.end(), 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect(await statusFor('/health/ready')).toBe(200);
    expect(await statusFor('/metrics')).toBe(200);
    expect(await statusFor('/v2025/sources')).toBe(500);
  });
});
