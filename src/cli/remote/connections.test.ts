import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

interface Row {
  readonly id: string;
  readonly identity?: { readonly id: string };
  readonly account: { readonly id: string; readonly name: string };
  readonly entitlement: { readonly id: string; readonly value: string };
  readonly type: string;
}

let database: EmptyDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  const { api } = server;
  const [owner] = (await api.get('/v2025/identities?defaultFilter=NONE')).body;
  const source = await api.send('POST', '/v2025/sources', {
    name: 'Directory',
    owner: { type: 'IDENTITY', id: owner.id },
    connector: 'delimited-file-angularsc',
    authoritative: true,
  });
  const file =
    'id,name,givenName,familyName,e-mail,location,manager,groups\na,Ann,Ann,Berg,,,,x\na,Ann,Ann,Berg,,,,y\nb,"B, ""Bob""",Bob,Carr,,,,y\n';
  await api.loadAccounts(source.body.id, file);
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(...parameters: string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(['connections', ...parameters], variables).outcome;
}

async function rows(...parameters: string[]): Promise<Row[]> {
  return JSON.parse((await run('list', ...parameters, '--json')).stdout) as Row[];
}

const shown = (of: readonly Row[]): string[] =>
  of.map(({ account, entitlement }) => `${account.name} ${entitlement.value}`);

test('connections are listed by what holds and what is held', async () => {
  const all = await rows('--sorters', 'account.name,entitlement.displayName');
  expect(shown(all)).toEqual(['Ann x', 'Ann y', 'B, "Bob" y']);
  const [first, , last] = all;
  expect(shown(await rows('--entitlement', last?.entitlement.id ?? ''))).toHaveLength(2);
  expect(shown(await rows('--account', last?.account.id ?? ''))).toEqual(['B, "Bob" y']);
  expect(
    await rows('--identity', first?.identity?.id ?? '', '--filters', 'entitlement.value eq "x" or type eq "JIT"'),
  ).toEqual([first]);
  expect(shown(await rows('--source', 'Directory', '--all', '--sorters', '-identity.name'))).toHaveLength(3);
  expect(await rows('--mine')).toEqual([]);
  const table = await run('--account', last?.account.id ?? '');
  expect(table.stdout).toMatch(
    /^IDENTITY +ACCOUNT +ENTITLEMENT +SOURCE +TYPE +ID\nB, "Bob" +B, "Bob" +y +Directory +STANDING +[\da-f]{32}:[\da-f]{32}\n$/,
  );
});

test('types are set, one by one and many at once', async () => {
  const [first = { id: '' }, second = { id: '' }] = await rows();
  const patched = await run('patch', first.id, '--set', 'type=JIT', '--if-match', '0', '--json');
  expect(JSON.parse(patched.stdout)).toMatchObject({ connectionId: first.id, type: 'JIT', etag: '"1"' });
  expect(await run('patch', first.id, '--set', 'type=STANDING', '--if-match', '0')).toMatchObject({ code: 5 });
  const set = await run('set-type', 'JIT', first.id, second.id);
  expect(set).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^RESULT +TYPE +ID\nsuccess +JIT +[\da-f]{32}:/),
  });
  expect((await rows('--filters', 'type eq "JIT"')).map(({ id }) => id)).toEqual([first.id, second.id]);
  const missing = await run('set-type', 'STANDING', first.id, 'nothing', second.id);
  expect(missing).toMatchObject({ code: 4, stderr: expect.stringContaining('1 of 3 connections do not exist.') });
  expect(await rows('--filters', 'type eq "JIT"')).toEqual([]);
  // More than one request has room for.
  const many = await run('set-type', 'JIT', ...Array.from({ length: 100 }, () => 'nothing'), first.id, '--json');
  expect([many.code, (JSON.parse(many.stdout) as unknown[]).length]).toEqual([4, 101]);
  expect((await rows('--filters', 'type eq "JIT"')).map(({ id }) => id)).toEqual([first.id]);
});

test('invalid input is rejected', async () => {
  for (const [parameters, code, reason] of [
    [['set-type', 'NA', 'x'], 2, 'Allowed choices are JIT, STANDING.'],
    [['set-type', 'JIT'], 2, "missing required argument 'ids'"],
    [['patch', 'x', '--set', 'type=JIT'], 4, 'There is no entitlement connection with id "x".'],
    [['list', '--source', 'Nowhere'], 4, 'Nowhere'],
    [['list', '--filters', 'entitlement.name eq "x"'], 5, 'entitlement.name'],
  ] as const) {
    const { code: exit, stderr } = await run(...parameters);
    expect([exit, stderr]).toEqual([code, expect.stringContaining(reason)]);
  }
});
