import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
let ids: string[];
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  const { api } = server;
  const [owner] = (await api.get('/v2025/identities?defaultFilter=NONE')).body;
  const source = await api.send('POST', '/v2025/sources', {
    name: 'Directory',
    owner: { type: 'IDENTITY', id: owner.id },
    connector: 'delimited-file-angularsc',
  });
  await api.loadEntitlements(source.body.id, 'id,name\na,Alpha\nb,Beta\nc,Gamma\nd,Delta\n');
  ids = (await api.get('/v2025/entitlements?sorters=value')).body.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(...parameters: string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(parameters, variables).outcome;
}

const json = async (...parameters: string[]) => JSON.parse((await run(...parameters, '--json')).stdout);

test('request configurations are shown, set and inherited again', async () => {
  const [id = ''] = ids;
  const organisation = await json('request-config', 'get');
  expect(organisation).toMatchObject({ approvalsMustBeExternal: false, etag: '"0"' });
  const entitlementRequestConfig = { accessRequestConfig: { denialCommentRequired: true } };
  await json('request-config', 'set', '--set', `entitlementRequestConfig=${JSON.stringify(entitlementRequestConfig)}`);
  const set = ['--set', 'accessRequestConfig={"requireEndDate":true}'];
  await json('request-config', 'set', '--source', 'Directory', ...set);
  await json('request-config', 'set', '--entitlement', id, '--set', 'accessRequestConfig={"requireEndDate":false}');
  const shown = await json('request-config', 'get', '--entitlement', id);
  expect(shown).toMatchObject({
    own: { accessRequestConfig: { requireEndDate: false } },
    inForce: { accessRequestConfig: { requireEndDate: false, denialCommentRequired: true } },
    origins: { accessRequestConfig: { requireEndDate: 'ENTITLEMENT', denialCommentRequired: 'ORGANISATION' } },
  });
  const stale = await run('request-config', 'reset', '--entitlement', id, '--if-match', '1');
  expect([stale.code, stale.stderr]).toEqual([5, expect.stringContaining('"1"')]);
  const reset = await run('request-config', 'reset', '--entitlement', id, '--if-match', shown.etag);
  expect(reset).toMatchObject({ code: 0, stdout: `${id} inherits all values.\n` });
  expect(await json('request-config', 'get', '--entitlement', id)).toMatchObject({
    own: null,
    origins: { accessRequestConfig: { requireEndDate: 'SOURCE' } },
  });
  expect(await run('request-config', 'reset', '--source', 'Directory')).toMatchObject({ code: 0 });
  expect((await json('request-config', 'get', '--source', 'Directory')).own).toBeNull();
});

test('wrong parameters of request configurations are refused', async () => {
  for (const [parameters, code, reason] of [
    [['reset'], 2, 'the organisation inherits nothing'],
    [['set'], 2, 'Add --set FIELD=VALUE'],
    [['set', '--source', 'x', '--entitlement', 'y', '--set', 'a=b'], 2, 'cannot be used with'],
    [['get', '--source', 'nothing'], 4, 'There is no source "nothing"'],
    [['get', '--entitlement', 'nothing'], 4, 'nothing'],
    [['set', '--set', 'more=1'], 5, 'Field "more" is unknown'],
  ] as const) {
    const outcome = await run('request-config', ...parameters);
    expect([parameters, outcome.code, outcome.stderr]).toEqual([parameters, code, expect.stringContaining(reason)]);
  }
});

test('entitlements are changed and deleted, one by one and in bulk', async () => {
  const [first = '', second = '', third = ''] = ids;
  const updated = await run('entitlements', 'bulk-update', first, second, '--set', 'requestable=true');
  expect(updated).toMatchObject({ code: 0, stdout: '2 entitlements are updated.\n' });
  expect((await json('entitlements', 'get', second)).requestable).toBe(true);
  const unknown = await run('entitlements', 'bulk-update', first, 'nobody', '--set', 'requestable=false');
  expect([unknown.code, unknown.stderr]).toEqual([5, expect.stringContaining('"nobody"')]);
  expect((await json('entitlements', 'get', first)).requestable).toBe(true);

  const stale = await run('entitlements', 'delete', first, '--if-match', '1');
  expect(stale.code).toBe(5);
  const deleted = await run('entitlements', 'delete', first);
  expect(deleted).toMatchObject({ code: 0, stdout: `${first} is deleted.\n` });
  const bulk = await run('entitlements', 'bulk-delete', second, 'nobody');
  // The exit code is that of a task with warnings.
  expect([bulk.code, bulk.stdout]).toEqual([7, expect.stringMatching(/^WARNING .*\n +entitlementsDeleted +1\n$/)]);
  expect(bulk.stderr).toContain('Entitlement nobody is not deleted: Entitlement not found');
  const queued = await json('entitlements', 'bulk-delete', third, '--no-wait');
  expect(queued).toMatchObject({ id: expect.any(String), uniqueName: expect.any(String) });
  await server.api.waitForTask(queued.id);
});

test('a source is reset', async () => {
  const { code, stdout } = await run('sources', 'reset', 'Directory');
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^SUCCESS .*\n +accountsUnlinked +0\n +entitlementsDeleted +1\n$/),
  ]);
  expect((await server.api.get('/v2025/entitlements')).body).toEqual([]);
  const again = await run('sources', 'reset', 'Directory', '--no-wait');
  expect(again.stderr).toContain('muniment tasks wait');
  await server.api.waitForTask(again.stdout.trim());
  expect((await run('sources', 'reset', 'nothing')).code).toBe(4);
});
