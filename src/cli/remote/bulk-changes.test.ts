import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
let folder: string;
let filters: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-bulk-'));
  database = await emptySqlite();
  server = await startTestServer(database);
  const { api } = server;
  const [owner] = (await api.get('/v2025/identities?defaultFilter=NONE')).body;
  const source = await api.send('POST', '/v2025/sources', {
    name: 'Directory',
    owner: { type: 'IDENTITY', id: owner.id },
    connector: 'delimited-file-angularsc',
  });
  filters = `source.id eq "${source.body.id}"`;
  await api.loadEntitlements(source.body.id, 'id,name\na,Alpha\nb,Beta\n');
});
afterAll(async () => {
  await server.stop();
  await database.remove();
  rmSync(folder, { recursive: true });
});

async function run(...parameters: readonly string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(['entitlements', ...parameters], variables).outcome;
}

const list = async () => (await server.api.get('/v2026/entitlements?sorters=name')).body;

test('update shows what would change, and then changes it', async () => {
  const change = [
    ...`--set requestable=true --metadata iscRisk=high --tag pci --filters`.split(' '),
    filters,
    '--request-config',
    '{"accessRequestConfig":{"requestCommentRequired":true}}',
  ];
  const shown = await run('update', ...change, '--dry-run');
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toMatch(/^Alpha \([0-9a-f]+\): .*requestable: false → true/m);
  expect(shown.stdout).toMatch(/^2 selected: 2 would change, 0 would not, 0 cannot be changed\.$/m);
  expect((await list())[0]).toMatchObject({ requestable: false });

  const done = await run('update', ...change, '--json');
  expect(JSON.parse(done.stdout)).toMatchObject({ completionStatus: 'SUCCESS', attributes: { total: 2, updated: 2 } });
  expect(await list()).toMatchObject([
    { requestable: true, tags: ['PCI'] },
    { requestable: true, tags: ['PCI'] },
  ]);
  const again = await run('update', ...change, '--dry-run', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ total: 2, unchanged: 2 });
});

test('update by id removes tags, and says what it cannot change', async () => {
  const [{ id }] = await list();
  const which = ['--id', id, '--id', 'nothing', '--tag', 'pci', '--tag-operation', 'remove'];
  const shown = await run('update', ...which, '--dry-run');
  expect(shown.stdout).toContain('Cannot be changed:\nUnknown (nothing): There is no entitlement with id "nothing".');
  const queued = await run('update', ...which, '--no-wait');
  expect(await server.api.waitForTask(queued.stdout.trim())).toMatchObject({ attributes: { updated: 1, failed: 1 } });
  expect((await list())[0]).toMatchObject({ tags: [] });
});

test('update says what is wrong with its parameters', async () => {
  for (const [parameters, reason] of [
    [['--set', 'requestable=true'], 'Add --filters FILTER, or --id ID'],
    [['--filters', filters], 'Add what to change: --set, --file'],
    [['--filters', filters, '--request-config', 'none'], '--request-config is not valid JSON'],
    [['--filters', filters, '--tag', 'a', '--tag-operation', 'set'], 'Allowed choices are add, remove, replace'],
    [['--filters', filters, '--set', 'requestable=maybe'], 'Field "requestable" is "maybe"'],
  ] as const) {
    const { code, stderr } = await run('update', ...parameters);
    expect([code === 0, stderr]).toEqual([false, expect.stringContaining(reason)]);
  }
});

test('import-details changes what a file says, and names the rows without effect', async () => {
  const file = join(folder, 'details.csv');
  writeFileSync(
    file,
    'attributeName,attributeValue,schema,description\ngroups,a,group,Described\ngroups,x,group,Nothing\n',
  );
  const done = await run('import-details', file, '--source', 'Directory');
  expect(done).toMatchObject({
    code: 0,
    stdout: 'Rows: 2, applied: 1, without effect: 1. Changed entitlements: 1.\n',
    stderr: expect.stringContaining('Line 3: the source has no entitlement "x" of schema "group"'),
  });
  expect((await list())[0]).toMatchObject({ name: 'Alpha', description: 'Described' });
  const again = await run('import-details', file, '--source', 'Directory', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ total: 2, updated: 1, saved: 0 });
  writeFileSync(file, 'attributeName,attributeValue,schema,description\ngroups,,group,Described\n');
  const refused = await run('import-details', file, '--source', 'Directory');
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('Line 2: column "attributeValue" is empty');
});
