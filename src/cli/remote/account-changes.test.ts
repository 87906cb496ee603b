import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  const [owner] = (await server.api.get('/v2025/identities?defaultFilter=NONE')).body;
  await server.api.send('POST', '/v2025/sources', {
    name: 'Directory',
    owner: { type: 'IDENTITY', id: owner.id },
    connector: 'delimited-file-angularsc',
  });
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(...parameters: string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(['accounts', ...parameters], variables).outcome;
}

test('an account is created, changed and deleted, and each command reports its task', async () => {
  const created = await run('create', '--source', 'Directory', '--set', 'id=ann', '--set', 'groups=["x"]');
  expect(created.code).toBe(0);
  expect(created.stdout).toMatch(/^SUCCESS after [\d.]+ s \(task \w+\)\n +created +1\n/);
  expect(created.stderr).toContain('INFO: Source "Directory" cannot be written to: only the account on this server');
  const [{ id }] = JSON.parse((await run('list', '--json')).stdout);
  const patched = await run('patch', id, '--set', 'attributes.location=Bern');
  expect(patched).toMatchObject({
    code: 0,
    stdout: `The change is queued. To see the account: muniment accounts get ${id}\n`,
  });
  const shown = async () => JSON.parse((await run('get', id, '--json')).stdout);
  await expect.poll(async () => (await shown()).attributes.location, { timeout: 20_000 }).toBe('Bern');
  expect(JSON.parse((await run('disable', id, '--json')).stdout)).toMatchObject({ completionStatus: 'SUCCESS' });
  expect((await shown()).disabled).toBe(true);
  expect((await run('reload', id)).code).toBe(7);
  const stale = await run('delete', id, '--if-match', '1');
  expect([stale.code === 0, stale.stderr]).toEqual([false, expect.stringContaining('"1"')]);
  expect((await run('delete', id)).code).toBe(0);
  expect((await run('enable', id)).stderr).toContain(`There is no account with id "${id}".`);
});

test('wrong use is explained', async () => {
  expect((await run('create', '--set', 'id=ann')).stderr).toContain("required option '--source <name>' not specified");
  expect((await run('create', '--source', 'Directory')).stderr).toContain('Add --set FIELD=VALUE');
  expect((await run('create', '--source', 'Directory', '--set', 'nope=1')).stderr).toContain(
    'not in the account schema',
  );
  expect((await run('disable')).stderr).toContain("missing required argument 'id'");
});
