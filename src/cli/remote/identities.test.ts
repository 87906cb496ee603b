import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson } from '../../../tests/support/persons.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
let ada: string;
/** Before and after the entitlements of the account change. */
let times: [string, string];
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  const { api } = server;
  const [owner] = (await api.get('/v2025/identities?defaultFilter=NONE')).body;
  const source = await api.send('POST', '/v2025/sources', {
    name: 'HR',
    owner: { type: 'IDENTITY', id: owner.id },
    connector: 'delimited-file-angularsc',
    authoritative: true,
  });
  await api.loadAccounts(source.body.id, 'id,name,groups\nada,Ada,readers\n');
  const before = new Date().toISOString();
  await api.loadAccounts(source.body.id, 'id,name,groups\nada,Ada King,writers\n');
  times = [before, new Date().toISOString()];
  [{ id: ada }] = (await api.get('/v2025/identities?filters=alias%20eq%20%22ada%22')).body;
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(...parameters: string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(['identities', ...parameters], variables).outcome;
}
const json = async (...parameters: string[]) => JSON.parse((await run(...parameters, '--json')).stdout);

test('identities are listed and shown, now and as of a time', async () => {
  expect((await run('--filters', 'alias eq "ada"')).stdout).toMatch(
    /^NAME +ALIAS +EMAIL +STATUS +MANAGER +ID\nAda King +ada +ACTIVE +[\da-f]{32}\n$/,
  );
  expect(await json('get', ada)).toMatchObject({ name: 'Ada King', etag: expect.any(String) });
  expect(await json('get', ada, '--at', times[0])).toMatchObject({ displayName: 'Ada' });
});

test('access and events are listed, and times compared', async () => {
  expect((await run('access', ada)).stdout).toMatch(
    /^TYPE +NAME +SOURCE +VALUE +ID\naccount +Ada King +HR +ada +\w+\nentitlement +writers +HR +writers +\w+\n$/,
  );
  expect(await json('access', ada, '--at', times[0], '--type', 'entitlement')).toMatchObject([{ value: 'readers' }]);
  const { stdout } = await run('history', ada);
  expect(stdout).toMatch(/AttributesChanged +displayName: "Ada" → "Ada King"/);
  expect(stdout).toMatch(/AccessItemRemoved +entitlement readers \(HR\)/);
  expect(await json('history', ada, '--type', 'entitlement', '--from', times[0])).toHaveLength(2);
  expect((await run('compare', ada, ...times)).stdout).toMatch(
    /^CHANGE +TYPE +NAME +SOURCE +ID\nADD +entitlement +writers +HR +\w+\nREMOVE +entitlement +readers +HR +\w+\n$/,
  );
});

test('identities are processed, reset and deleted, and what they own is listed', async () => {
  const task = await json('process', ada);
  expect(await server.api.waitForTask(task.id)).toMatchObject({ attributes: { total: 1, updated: 0 } });
  const eve = await addPerson(server, database, 'Eve Adams', ['HELPDESK']);
  expect(await run('reset', eve.id)).toMatchObject({ code: 0, stdout: `${eve.id} has no user levels any more.\n` });
  const [owner] = await json('list', '--filters', 'name eq "Administrator"');
  expect(await json('owns', owner.id)).toMatchObject([{ associationType: 'SOURCE_OWNER', total: 1, name: 'HR' }]);
  expect(await run('delete', eve.id)).toMatchObject({ code: 0, stdout: `${eve.id} is deleted.\n` });
  expect(await json('history', eve.id)).toEqual([]);
});

test('invalid input is reported', async () => {
  for (const [parameters, code, reason] of [
    [['get', ada, '--at', 'soon'], 5, 'Parameter "date" is "soon"'],
    [['access', ada, '--type', 'car'], 2, 'Allowed choices are account, entitlement'],
    [['compare', ada, times[0]], 2, 'missing required argument'],
    [['process', '..'], 2, 'It must be an id'],
    [['history', 'unknown'], 4, 'There is no identity with id "unknown"'],
  ] as const) {
    const outcome = await run(...parameters);
    expect(outcome.stderr, parameters.join(' ')).toContain(reason);
    expect([parameters[0], outcome.code]).toEqual([parameters[0], code]);
  }
});
