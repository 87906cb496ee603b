import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after another.
vi.setConfig({ testTimeout: 120_000 });

const { clientId, clientSecret } = administrator;
const rows = 600;
let folder: string;
let database: EmptyDatabase;
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-remote-'));
  database = await emptySqlite();
  server = await startTestServer(database);
  const lines = Array.from({ length: rows }, (_, row) => `k${row},"Name, ${row % 7}",\n`);
  const file = csv('groups.csv', `id,name,description\n${lines.join('')}`);
  await run('import', file, '--source', 'Directory', '--create-source');
});
afterAll(async () => {
  await server.stop();
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

function csv(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function variables(extra: Record<string, string> = {}): Record<string, string> {
  const credentials = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return { ...credentials, XDG_CONFIG_HOME: join(folder, 'config'), ...extra };
}

/** Runs a command as the administrator. */
async function run(...parameters: string[]) {
  return runCommand(parameters, variables()).outcome;
}

/** Runs a command and parses its output as JSON. */
async function json(...parameters: string[]) {
  const { stdout } = await run(...parameters, '--json');
  return JSON.parse(stdout);
}

describe('signing in', () => {
  const bare = { SAIL_BASE_URL: '', SAIL_CLIENT_ID: '', SAIL_CLIENT_SECRET: '' };

  test('saves verified credentials in a private file, and uses them', async () => {
    const login = ['login', '--url', `${server.url}/`, '--client-id', clientId];
    const wrong = await runCommand(login, variables(bare), 'wrong\n').outcome;
    expect(wrong).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(/^Bad client.*tracking id/s) });
    const before = await runCommand(['sources'], variables(bare)).outcome;
    expect(before).toMatchObject({ code: 3, stderr: expect.stringContaining('Run "muniment login"') });

    const right = await runCommand([...login, '--profile', 'default'], variables(bare), `${clientSecret}\n`).outcome;
    expect(right).toMatchObject({ code: 0, stdout: expect.stringContaining('as Administrator') });
    const kept = join(folder, 'config', 'muniment', 'profiles.json');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'config', 'muniment')).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ default: { url: server.url, clientId, clientSecret } });
    expect((await runCommand(['sources'], variables(bare)).outcome).stdout).toContain('Directory');
    const elsewhere = await runCommand(['sources', '--url', 'http://localhost:1'], variables(bare)).outcome;
    expect(elsewhere).toMatchObject({ code: 3, stderr: expect.stringContaining('is not used for') });

    const listed = await runCommand(['profiles', '--json'], variables(bare)).outcome;
    expect(JSON.parse(listed.stdout)).toEqual([{ profile: 'default', url: server.url, clientId }]);
    expect((await runCommand(['logout'], variables(bare)).outcome).code).toBe(0);
    expect((await runCommand(['sources'], variables(bare)).outcome).code).toBe(3);
    expect((await runCommand(['logout'], variables(bare)).outcome).code).toBe(4);
  });

  test('fails if values are missing and it cannot ask for them', async () => {
    for (const parameters of [[], ['--url', server.url], ['--url', server.url, '--client-id', clientId]]) {
      const refused = await runCommand(['login', ...parameters], variables(bare)).outcome;
      expect(refused).toMatchObject({ code: 2, stdout: '' });
    }
  });
});

describe('sources', () => {
  test('are tested, and show their state and what depends on them', async () => {
    expect(await json('sources', 'health', 'directory')).toMatchObject({ status: 'SOURCE_STATE_HEALTHY' });
    expect(await json('sources', 'connections', 'Directory')).toMatchObject({ identityProfiles: [] });
    expect(await run('sources', 'test', 'Directory')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('SUCCESS'),
    });
    const keyless = await json('sources', 'get', 'Directory');
    const schema = { name: 'keyless', attributes: [{ name: 'id' }] };
    const { body } = await server.api.send('POST', `/v2025/sources/${keyless.id}/schemas`, schema);
    const failed = await run('sources', 'test', 'Directory');
    expect(failed).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('has no identityAttribute') });
    await server.api.send('DELETE', `/v2025/sources/${keyless.id}/schemas/${body.id}`);
    expect((await run('sources', 'health', 'Nowhere')).code).toBe(4);
  });

  test('of files have no schedules', async () => {
    expect(await json('sources', 'schedules', 'Directory')).toEqual([]);
    const refused = await run('sources', 'schedule', 'Directory', 'accounts', '0 0 5 * * ?');
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('reads uploaded files') });
    expect((await run('sources', 'schedule', 'Directory', 'people', '0 0 5 * * ?')).code).toBe(2);
    expect((await run('sources', 'unschedule', 'Directory', 'accounts')).code).toBe(4);
  });

  test('have provisioning policies', async () => {
    const set = ['--set', 'name=Account', '--set', 'fields=[{"name":"uid"}]'];
    const policy = await json('sources', 'set-policy', 'Directory', 'create', ...set);
    expect(policy).toMatchObject({ name: 'Account', usageType: 'CREATE', fields: [{ name: 'uid', type: 'string' }] });
    expect(await json('sources', 'policies', 'Directory')).toEqual([policy]);
    expect((await run('sources', 'policies', 'Directory')).stdout).toMatch(/^USAGE.*\nCREATE +Account +uid\n$/);
    expect(await json('sources', 'policy', 'Directory', 'CREATE')).toEqual(policy);
    expect((await run('sources', 'set-policy', 'Directory', 'creation', ...set)).code).toBe(5);
    expect((await run('sources', 'set-policy', 'Directory', 'create')).code).toBe(2);
    expect((await run('sources', 'delete-policy', 'Directory', 'create')).code).toBe(0);
    expect((await run('sources', 'policy', 'Directory', 'create')).code).toBe(4);
  });
});

test('settings of sources that are stored can be replaced', async () => {
  const attribute = { name: 'email', displayName: 'E-mail', enabled: true, target: 'mail' };
  const set = ['--set', `attributes=${JSON.stringify([attribute])}`];
  expect(await json('sources', 'attribute-sync', 'Directory')).toMatchObject({ attributes: [] });
  expect(await json('sources', 'attribute-sync', 'Directory', ...set)).toMatchObject({ attributes: [attribute] });
  expect(await json('sources', 'attribute-sync', 'Directory')).toMatchObject({ attributes: [attribute] });
  expect((await run('sources', 'attribute-sync', 'Directory', '--set', 'attributes=many')).code).toBe(5);
  expect(await json('sources', 'native-changes', 'Directory', '--set', 'enabled=true')).toMatchObject({
    enabled: true,
  });
  expect((await run('sources', 'native-changes', 'Directory', '--delete', '--set', 'enabled=true')).code).toBe(2);
  expect(await json('sources', 'native-changes', 'Directory', '--delete')).toMatchObject({ enabled: false });
});

describe('lists', () => {
  test('return every row of a long list exactly once', async () => {
    for (const sorters of ['name', '-name,created', 'source.id,-type', 'id']) {
      const all = await json('entitlements', 'list', '--all', '--sorters', sorters);
      expect(new Set(all.map(({ id }: { id: string }) => id)).size).toBe(rows);
    }
    expect(await json('entitlements', 'list', '--limit', '300')).toHaveLength(300);
    expect(
      await json('entitlements', 'list', '--source', 'directory', '--filters', 'value eq "k1" or value eq "k2"'),
    ).toHaveLength(2);
    expect(await json('entitlements', 'list', '--filters', 'name eq "nobody"')).toEqual([]);
  });

  test('are tables without --json, and say that there are more rows', async () => {
    const { stdout, stderr } = await run('entitlements', 'list', '--limit', '2');
    expect(stdout).toMatch(
      /^NAME +TYPE +SOURCE +PRIVILEGE +OWNER +ID\nName, 0 +group +Directory +NONE +[0-9a-f]{32}\n/,
    );
    expect(stderr).toBe('(The first 2 rows. For more add --limit NUMBER or --all.)\n');
  });

  test('report a full disk in one line', async () => {
    const program = new URL('../muniment.ts', import.meta.url).pathname;
    const shell = spawn(
      'sh',
      ['-c', '"$0" "$1" entitlements list --all --json > /dev/full', process.execPath, program],
      {
        env: { PATH: process.env['PATH'] ?? '', ...variables() },
      },
    );
    let output = '';
    shell.stderr.on('data', (data: Buffer) => {
      output += data.toString();
    });
    expect(await new Promise((resolve) => shell.once('close', resolve))).toBe(1);
    expect(output).toMatch(/^Standard output cannot be written: ENOSPC[^\n]*\n$/);
  });

  test('end silently when their output is closed', async () => {
    const reader = `exec 3>&1; { "$0" "$1" entitlements list --all --json; echo "ended with $?" >&3; } | head -n 1`;
    const program = new URL('../muniment.ts', import.meta.url).pathname;
    const shell = spawn('sh', ['-c', reader, process.execPath, program], {
      env: { PATH: process.env['PATH'] ?? '', ...variables() },
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.on('data', (data: Buffer) => {
        output += data.toString();
      });
    }
    await new Promise((resolve) => shell.once('close', resolve));
    expect(output.split('\n').toSorted()).toEqual(['', '[', 'ended with 0']);
  });
});

describe('one entitlement', () => {
  test('is shown, patched with If-Match, and has a history', async () => {
    const [{ id }] = await json('entitlements', 'list', '--limit', '1');
    const before = await json('entitlements', 'get', id);
    const set = ['--set', 'requestable=true', '--set', 'privilegeOverride.level=HIGH', '--set', 'description=42'];
    const changed = await json('entitlements', 'patch', id, ...set, '--if-match', before.etag);
    expect(changed).toMatchObject({ requestable: true, privilegeLevel: { direct: 'HIGH' }, description: '42' });
    const late = await run('entitlements', 'patch', id, '--set', 'requestable=false', '--if-match', '1');
    expect(late).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(/If-Match.*status 412, tracking id/s),
    });
    const patch = '[{"op":"replace","path":"/requestable","value":false}]';
    const piped = runCommand(['entitlements', 'patch', id, '--file', '-', '--json'], variables(), patch);
    expect(JSON.parse((await piped.outcome).stdout)).toMatchObject({ requestable: false });
    const history = await json('entitlements', 'history', id);
    expect(history.map(({ kind }: { kind: string }) => kind)).toEqual(['updated', 'updated', 'created']);
    expect((await run('entitlements', 'history', id)).stdout.split('\n')).toEqual([
      expect.stringMatching(/^TIME +KIND +BY +CHANGE$/),
      expect.stringMatching(/Z +updated +.*\S +requestable: true → false$/),
      expect.stringMatching(
        /Z +updated +[^()]* {2}manual\.description: null → "42"; manuallyUpdatedFields\.DESCRIPTION: false → true; requestable: false → true; privilegeOverride\.level: null → "HIGH"; privilegeOverride\.setBy: null → "[0-9a-f]{32}"$/,
      ),
      expect.stringMatching(/Z +created +.* \(task [0-9a-f]{32}\) .*; fromSource\.name: "Name, 0"; /),
      '',
    ]);
    expect((await run('entitlements', 'get', id)).stdout).toMatch(/^requestable +false$/m);
  });

  test.each<[string, string[], number, RegExp]>([
    ['an unknown id', ['get', 'nope'], 4, /no entitlement with id "nope".*404, tracking id/s],
    ['an invalid id', ['get', '..'], 2, /must be an id/],
    ['no change', ['patch', 'x'], 2, /--set FIELD=VALUE/],
    ['half a change', ['patch', 'x', '--set', 'name'], 2, /must be FIELD=VALUE/],
    ['broken JSON', ['patch', 'x', '--set', 'name="a'], 2, /starts like JSON but is not valid JSON/],
    ['a missing file', ['patch', 'x', '--file', '/nope'], 2, /cannot be read/],
    ['a wrong filter', ['list', '--filters', 'nme eq 1'], 5, /"nme" is not a filter field/],
    ['a wrong limit', ['list', '--limit', '0'], 2, /whole number/],
    ['an unknown source', ['list', '--source', 'nope'], 4, /no source "nope"/],
    ['an unknown parameter', ['list', '--nope'], 2, /unknown option/],
  ])('refuses %s', async (_, parameters, code, text) => {
    const refused = await run('entitlements', ...parameters);
    expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(text) });
    expect(refused.stderr).not.toMatch(/^ +at /m);
  });
});

describe('import', () => {
  test('of the same file again changes nothing and reports it', async () => {
    const loaded = await run('import', join(folder, 'groups.csv'), '--source', 'Directory');
    expect(loaded).toMatchObject({ code: 0, stdout: expect.stringMatching(/^SUCCESS.*groupsUnchanged +600\n/s) });
    expect(loaded.stderr).toMatch(/^Sending groups.csv: 0 % .*\nThe task is [0-9a-f]{32}\.\n/);
  });

  test('into a new source uses the columns and the delimiter of its file', async () => {
    const own = await run('import', csv('own.csv', 'code,colour\n1,red\n'), '--source', 'Own', '--create-source');
    expect(own).toMatchObject({ code: 0, stderr: expect.stringContaining('Its schema "group" has the columns') });
    expect(await json('entitlements', 'list', '--source', 'Own')).toMatchObject([
      { value: '1', attributes: { colour: 'red' } },
    ]);
    const persons = csv('persons.csv', 'id,name,shoe\n1,One,42\n');
    const accounts = await run('import', persons, '--source', 'Shoes', '--create-source', '--accounts');
    expect(accounts).toMatchObject({ code: 0, stdout: expect.stringMatching(/^SUCCESS/) });
    const piped = ['import', '-', '--source', 'Split', '--create-source', '--type', 'role'];
    const split = await runCommand(piped, variables(), 'id;name;level\n1;A, b;7\n').outcome;
    expect(split).toMatchObject({ code: 0, stderr: expect.stringContaining('with the delimiter ";"') });
    expect(await json('entitlements', 'list', '--source', 'Split')).toMatchObject([
      { name: 'A, b', sourceSchemaObjectType: 'role', attributes: { level: '7' } },
    ]);
  });

  test('into a new source needs no right to change schemas if the columns are the default ones', async () => {
    const { id, secret } = await json(
      'tokens',
      'create',
      'loader',
      '--scope',
      'idn:sources:manage',
      '--scope',
      'idn:entitlement:manage',
    );
    const asLoader = variables({ SAIL_CLIENT_ID: id, SAIL_CLIENT_SECRET: secret });
    const file = csv('usual.csv', 'id,name\n1,One\n');
    const sent = await runCommand(['import', file, '--source', 'Usual', '--create-source', '--no-wait'], asLoader)
      .outcome;
    expect(sent).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('keeps the default schema, because it could not be changed'),
    });
    expect((await run('tasks', 'wait', sent.stdout.trim())).code).toBe(0);
  });

  test('deletes a new source if its file is rejected', async () => {
    const refused = await run('import', csv('twice.csv', 'id,name,id\n'), '--source', 'Twice', '--create-source');
    expect(refused).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(/^Created.*was deleted again.*twice in/s),
    });
    await expect.poll(async () => (await run('sources', 'get', 'Twice')).code, { timeout: 30_000 }).toBe(4);
  });

  test('suggests how to change a source with other columns', async () => {
    await run('import', csv('commas.csv', 'id,name\n1,A\n'), '--source', 'Semi', '--create-source');
    const semicolons = await run('import', csv('split.csv', 'id;name\n1;A\n'), '--source', 'Semi');
    expect(semicolons).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(
        /contains ";" but no comma.*"group\.delimiter": PATCH \/v2026\/sources\/[0-9a-f]{32} with \[/s,
      ),
    });
    const [, path = '', patch = ''] = /PATCH (\S+) with (\[.*\])\./.exec(semicolons.stderr) ?? [];
    expect((await server.api.send('PATCH', path, JSON.parse(patch))).status).toBe(200);
    expect((await run('import', join(folder, 'split.csv'), '--source', 'Semi')).stdout).toMatch(/total +1\n/);
    const colours = await run(
      'import',
      csv('colours.csv', 'id,colour\n1,red\n'),
      '--source',
      'Directory',
      '--accounts',
    );
    expect(colours).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(
        /"\[colour\]" is unknown.*\nIf the columns are right.*\/schemas\/accounts.*\n\(status 400/,
      ),
    });
  });

  test('reports skipped rows, and exits with 7', async () => {
    const file = csv('bad.csv', `id,name\n${'a,A\nb,B\nc,C\nd,D\ne,E\n'}f\n`);
    const loaded = await run('import', file, '--source', 'Bad', '--create-source');
    expect(loaded).toMatchObject({ code: 7, stdout: expect.stringMatching(/^WARNING.*badRows +1\n/s) });
    expect(loaded.stderr).toMatch(/WARN: 1 row.*WARN: Line 7.*tasks problems/s);
    const task = /muniment tasks problems (\S+)/.exec(loaded.stderr)?.[1] ?? '';
    expect((await run('tasks', 'problems', task)).stdout).toMatch(/^lines,problem\r\n7,"1 column/);
    expect(await json('tasks', 'problems', task)).toEqual([
      { lines: [7], problem: expect.stringContaining('1 column') },
    ]);
    expect((await run('tasks', 'wait', task)).code).toBe(7);
    expect(await json('tasks', 'list', '--source', 'Bad', '--status', 'WARNING')).toHaveLength(1);
  });

  test('exits with 6 if the file is broken', async () => {
    const file = csv('broken.csv', 'id,name\na,A\nb,"B\n');
    const loaded = await run('import', file, '--source', 'Bad');
    expect(loaded).toMatchObject({ code: 6, stdout: expect.stringMatching(/^ERROR/) });
  });

  test('accepts standard input and accounts, and can return without waiting', async () => {
    const piped = await runCommand(
      ['import', '-', '--source', 'Piped', '--create-source', '--json'],
      variables(),
      'id,name\n1,One\n',
    ).outcome;
    expect(JSON.parse(piped.stdout)).toMatchObject({ completionStatus: 'SUCCESS', attributes: { total: 1 } });
    const accounts = await run(
      'import',
      csv('accounts.csv', 'id,name\n1,One\n'),
      '--source',
      'Piped',
      '--accounts',
      '--no-wait',
    );
    expect(accounts).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[0-9a-f]{32}\n$/) });
    expect((await run('tasks', 'wait', accounts.stdout.trim())).code).toBe(0);
    expect(await json('accounts', 'list', '--source', 'Piped')).toMatchObject([{ nativeIdentity: '1' }]);
  });

  test.each<[string, string[], number, RegExp]>([
    ['no file', ['/nope.csv', '--source', 'Directory'], 2, /cannot be read/],
    ['a folder', ['/', '--source', 'Directory'], 2, /is a folder/],
    ['an unknown source', ['/dev/null', '--source', 'nope'], 4, /--create-source creates/],
    ['an empty file', ['/dev/null', '--source', 'Directory'], 5, /no header.*tracking id/s],
    ['a type of accounts', ['/dev/null', '--source', 'Directory', '--accounts', '--type', 'group'], 2, /Omit it/],
    ['no source', ['/dev/null'], 2, /required option '--source/],
  ])('refuses %s', async (_, parameters, code, text) => {
    const refused = await run('import', ...parameters);
    expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(text) });
  });

  test('loads nothing if interrupted during the upload; afterwards the task continues', async () => {
    const tasks = await json('tasks', 'list', '--all');
    const sending = runCommand(['import', '-', '--source', 'Directory'], variables(), null);
    await expect.poll(() => sending.stderr(), { timeout: 20_000 }).toContain('Sending');
    sending.child.kill('SIGINT');
    expect(await sending.outcome).toMatchObject({
      code: 130,
      stdout: '',
      stderr: expect.stringContaining('nothing is loaded'),
    });
    expect(await json('tasks', 'list', '--all')).toHaveLength(tasks.length);

    const lines = Array.from({ length: 40_000 }, (_, row) => `n${row},N\n`);
    const waiting = runCommand(
      ['import', csv('many.csv', `id,name\n${lines.join('')}`), '--source', 'Many', '--create-source'],
      variables(),
    );
    await expect.poll(() => waiting.stderr(), { timeout: 20_000 }).toContain('Running');
    waiting.child.kill('SIGINT');
    const interrupted = await waiting.outcome;
    expect(interrupted).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('continues') });
    const task = /muniment tasks wait ([0-9a-f]{32})/.exec(interrupted.stderr)?.[1] ?? '';
    expect(await run('tasks', 'wait', task)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/total +40000\n/),
    });
  });
});

test('the secret of a token is shown once, missing rights are reported, and the token can be revoked', async () => {
  const made = await run(
    'tokens',
    'create',
    'reader',
    '--scope',
    'idn:entitlement:read',
    '--expires',
    '2035-01-31',
    '--json',
  );
  expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Save.*not shown again/) });
  const { id, secret, expirationDate } = JSON.parse(made.stdout);
  expect(expirationDate).toBe('2035-01-31T23:59:59.000Z');
  expect((await run('tokens', 'list')).stdout).not.toContain(secret);
  const asReader = variables({ SAIL_CLIENT_ID: id, SAIL_CLIENT_SECRET: secret });
  expect((await runCommand(['entitlements', 'list', '--limit', '1'], asReader).outcome).code).toBe(0);
  const refused = await runCommand(['sources'], asReader).outcome;
  expect(refused).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringMatching(/needs one of the scopes.*status 403/s),
  });
  expect((await run('tokens', 'revoke', id)).code).toBe(0);
  expect((await run('tokens', 'revoke', id)).code).toBe(4);
  expect((await runCommand(['sources'], asReader).outcome).code).toBe(3);
  const mixed = await run('tokens', 'create', 'odd', '--scope', 'nope:x', '--scope', 'sp:scopes:all');
  expect(mixed).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Warning: .* the scope nope:x\. /) });
  expect(await run('tokens', 'create', 'slip', '--scope', 'idn:entitlment:read')).toMatchObject({
    code: 5,
    stdout: '',
    stderr: expect.stringMatching(/^Field "scope" has "idn:entitlment:read", .* Write idn:entitlement:read\.\n.*400/),
  });
  for (const wrong of ['tomorrow', '2030-02-31', '2030-02-31T10:00:00Z', '2030-13-01']) {
    const misdated = await run('tokens', 'create', 'x', '--expires', wrong);
    expect(misdated).toMatchObject({ code: 2, stderr: expect.stringContaining(`--expires is "${wrong}"`) });
  }
  expect(await run('tokens')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^NAME +OWNER/) });
});
