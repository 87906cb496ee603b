import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson } from '../../../tests/support/persons.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
let owner: string;
let person: string;
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  [{ id: owner }] = (await server.api.get('/v2025/identities?defaultFilter=NONE')).body;
  ({ id: person } = await addPerson(server, database, 'Ada Lovelace', []));
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(...parameters: readonly string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(['workgroups', ...parameters], variables).outcome;
}

const json = async (...parameters: string[]) => JSON.parse((await run(...parameters, '--json')).stdout);

test('a group is created, filtered, patched, connected, and deleted once it is no longer in use', async () => {
  const { id } = await json('create', '--set', 'name=Managers', '--set', `owner={"id":"${owner}"}`);
  await json('create', '--set', 'name=Others');
  const { stdout } = await run('list', '--filters', 'name sw "Man"', '--sorters', '-name');
  expect(stdout).toMatch(/^NAME +MEMBERCOUNT +CONNECTIONCOUNT +OWNER +ID\nManagers +0 +0 +\S.* +[\da-f-]{36}\n$/);
  expect(await json('patch', id, '--set', 'description=Of directories', '--if-match', '1')).toMatchObject({
    description: 'Of directories',
    etag: '"2"',
  });
  const source = await server.api.send('POST', '/v2025/sources', {
    name: 'Directory',
    owner: { type: 'IDENTITY', id: owner },
    connector: 'delimited-file-angularsc',
    managementWorkgroup: { type: 'GOVERNANCE_GROUP', id },
  });
  expect((await run('connections', id)).stdout).toMatch(
    /^TYPE +NAME +CONNECTION +ID\nSOURCE +Directory +ManagementWorkgroup +[\da-f]{32}\n$/,
  );
  const refused = await run('bulk-delete', id, 'nothing');
  expect([refused.code, refused.stdout.split('\n'), refused.stderr]).toEqual([
    5,
    [
      expect.stringMatching(`^${id}: Governance group ${id} is in use`),
      'nothing: There is no governance group with id "nothing".',
      '',
    ],
    expect.stringContaining('2 of 2 were not deleted.'),
  ]);
  expect(await run('delete', id)).toMatchObject({ code: 5, stderr: expect.stringContaining('is in use') });
  const clear = [{ op: 'replace', path: '/managementWorkgroup', value: null }];
  expect((await server.api.send('PATCH', `/v2025/sources/${source.body.id}`, clear)).status).toBe(200);
  expect(await run('bulk-delete', id)).toMatchObject({ code: 0, stdout: `${id}: Governance group deleted.\n` });
});

test('members are added, listed and removed, each with its result', async () => {
  const { id } = await json('create', '--set', 'name=Members');
  const added = await run('members', 'add', id, person, 'nobody');
  expect([added.code, added.stdout, added.stderr]).toEqual([
    5,
    `${person}: Member added.\nnobody: There is no identity with id "nobody".\n`,
    expect.stringContaining('1 of 2 were not added.'),
  ]);
  expect(await json('members', 'add', id, owner)).toEqual([{ id: owner, status: 201, description: 'Member added.' }]);
  const { stdout } = await run('members', 'list', id);
  expect(stdout).toMatch(/^NAME +EMAIL +ID\n/);
  expect(stdout).toContain('Ada Lovelace');
  expect(await json('members', 'list', id, '--limit', '1')).toHaveLength(1);
  expect(await run('members', 'remove', id, person, owner)).toMatchObject({ code: 0 });
  expect(await json('members', 'list', id)).toEqual([]);
  expect(await run('members', 'remove', id, person)).toMatchObject({ code: 5 });
});

test('more identities than one request may have are sent in parts', async () => {
  const { id } = await json('create', '--set', 'name=Many');
  const people = Array.from({ length: 251 }, (_, index) => `person${index}`);
  const results = await json('members', 'add', id, ...people, person);
  expect(results).toHaveLength(252);
  expect(results.at(-1)).toEqual({ id: person, status: 201, description: 'Member added.' });
});

test('wrong use is explained', async () => {
  for (const [parameters, code, reason] of [
    [['members', 'add'], 2, "missing required argument 'id'"],
    [['members', 'add', 'x'], 2, "missing required argument 'identities'"],
    [['members', 'ad'], 2, 'ad'],
    [['bulk-delete'], 2, "missing required argument 'ids'"],
    [['members', 'list', 'nothing'], 4, 'There is no governance group with id "nothing".'],
    [['connections', 'nothing'], 4, 'There is no governance group with id "nothing".'],
    [['list', '--filters', 'nme eq "x"'], 5, '"nme" is not a filter field'],
  ] as const) {
    const { code: actual, stderr } = await run(...parameters);
    expect([actual, stderr], parameters.join(' ')).toEqual([code, expect.stringContaining(reason)]);
  }
});
