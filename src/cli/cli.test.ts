import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputWith, type Program, runCommand, runProgram } from '../../tests/support/program.ts';
import { addSourceBy, fileOf, type ServedProgram, serveProgram, uploadOf } from '../../tests/support/served-program.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-cli-'));
});
afterEach(() => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
});

function muniment(...parameters: string[]): Program {
  const started = runProgram(...parameters);
  running.push(started.child);
  return started;
}

function serve(...parameters: string[]): Program {
  return muniment('serve', '--port', '0', '--data-dir', join(folder, 'data'), ...parameters);
}

test.each([
  [['--nope'], 'unknown option'],
  [['entitlments'], 'Did you mean entitlements?'],
  [['serve', '--prot', '1'], 'Did you mean --port?'],
  [['entitlements', 'lst'], "unknown command 'lst'\n(Did you mean list?)\n(commands: list, get, patch,"],
  [['entitlements', 'xyz', '--limit', '1'], "unknown command 'xyz'\n(commands: list, get, patch,"],
  [['sources', 'list', 'more'], "too many arguments for 'list'"],
  [['tokens', 'lst'], 'Did you mean list?'],
  [['import', '--sorce', 'x', 'y.csv'], "unknown option '--sorce'\n(Did you mean --source?)"],
  [['import', 'y.csv'], "required option '--source <name>' not specified"],
  [['help', 'nope'], "unknown command 'nope'\n(commands: serve, demo,"],
  [['help', 'sources', 'gat'], "unknown command 'gat'\n(Did you mean get?)"],
  [
    ['tasks', 'list', '--status', 'BOGUS'],
    "option '--status <status>' argument 'BOGUS' is invalid. Allowed choices are SUCCESS, WARNING, ERROR, TERMINATED, TEMPERROR.",
  ],
])('%j exits with 2', async (parameters, text) => {
  const started = muniment(...parameters);
  expect(await started.ended).toBe(2);
  expect(started.output()).toContain(text);
});

test('--help and --version exit with 0', async () => {
  for (const flag of ['--help', '--version', 'help']) {
    expect(await muniment(flag).ended).toBe(0);
  }
  const help = muniment('help', 'tasks', 'list');
  expect(await help.ended).toBe(0);
  expect(help.output()).toMatch(/^Usage: muniment tasks list .*TEMPERROR/s);
});

describe('an invalid setting prevents the start with one line that names it', () => {
  test.each([
    [['--port', 'abc'], '--port is "abc". It must be a whole number from 0 to 65535.\n'],
    [['--token-lifetime', '0'], '--token-lifetime is "0". It must be a whole number from 1 to 86400.\n'],
    [
      ['--bootstrap-client-secret', 'short'],
      '--bootstrap-client-secret is (not shown). It must be 64 lower-case hexadecimal digits.\n',
    ],
    [
      ['--data-dir', '/proc/nope'],
      "--data-dir is /proc/nope, which cannot be used: ENOENT: no such file or directory, mkdir '/proc/nope'.\n",
    ],
  ])('%j', async (parameters, line) => {
    const started = serve(...parameters);
    expect(await started.ended).toBe(2);
    expect(started.output()).toBe(line);
  });

  test('an unreachable database has a different exit code', async () => {
    const started = serve('--database-url', 'postgres://user:hidden@127.0.0.1:1/x');
    expect(await started.ended).toBe(8);
    expect(started.output()).toBe(
      '--database-url is postgres://…@127.0.0.1:1/x, which cannot be used: connect ECONNREFUSED 127.0.0.1:1.\n',
    );
  });

  test('an invalid line and an unknown name in the settings file', async () => {
    const file = join(folder, 'settings');
    writeFileSync(file, '# ours\nMUNIMENT_PORT 8131\n');
    const broken = serve('--config', file);
    expect(await broken.ended).toBe(2);
    expect(broken.output()).toBe(`Line 2 of the settings file "${file}" is not NAME=VALUE.\n`);
    writeFileSync(file, 'MUNIMENT_PROT=8131\n');
    const unknown = serve('--config', file);
    expect(await unknown.ended).toBe(2);
    expect(unknown.output()).toContain('MUNIMENT_PROT, which is not a setting');
  });

  test('a file that is not a database', async () => {
    const file = join(folder, 'text.sqlite');
    writeFileSync(file, 'This is not a database, however long it may be.'.repeat(100));
    const started = serve('--database-url', `sqlite:${file}`);
    expect(await started.ended).toBe(2);
    expect(started.output()).toBe(`--database-url is sqlite:${file}, which cannot be used: file is not a database.\n`);
  });
});

test.each([['help'], ['--help'], ['doctor'], ['profiles']])(
  '%s ends silently when its output is closed',
  async (word) => {
    const program = new URL('muniment.ts', import.meta.url).pathname;
    // "true" has ended before anything is written.
    const reader = 'exec 3>&1; { "$0" "$1" "$2"; echo "ended with $?" >&3; } | true';
    const shell = spawn('sh', ['-c', reader, process.execPath, program, word], {
      env: { PATH: process.env['PATH'] ?? '', XDG_CONFIG_HOME: folder, MUNIMENT_DATA_DIR: folder },
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.on('data', (data: Buffer) => {
        output += data.toString();
      });
    }
    await new Promise((resolve) => shell.once('close', resolve));
    expect(output).toBe('ended with 0\n');
  },
);

test('a misspelt variable causes a warning only', async () => {
  const variables = { MUNIMENT_DATABSE_URL: 'postgres://x', XDG_CONFIG_HOME: folder, MUNIMENT_DATA_DIR: folder };
  const text = 'MUNIMENT_DATABSE_URL is set, but there is no such setting. Did you mean MUNIMENT_DATABASE_URL?';
  const remote = await runCommand(['profiles', '--json'], variables).outcome;
  expect(remote).toEqual({ code: 0, stdout: '[]\n', stderr: `Warning: ${text}\n` });
  const local = await runCommand(['rotate-signing-key'], variables).outcome;
  expect(local.stderr).toContain(`Warning: ${text}\n`);
  const examined = await runCommand(['doctor'], variables).outcome;
  expect(examined).toMatchObject({ code: 0, stderr: '' });
  expect(examined.stdout).toContain(`note   settings: ${text}\n`);
});

test('a first start on a port in use creates no credentials; the next one prints them', async () => {
  const other = await new Promise<Server>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const refused = serve('--port', port);
  expect(await refused.ended).toBe(2);
  expect(refused.output()).toBe(
    `--port is ${port}, which another program uses. Stop it, or set another port (0 takes a free one).\n`,
  );
  await new Promise((resolve) => other.close(resolve));
  const started = serve('--port', port);
  expect(await outputWith(started, 'listens on')).toMatch(/client id: [0-9a-f]{32}\nclient secret: [0-9a-f]{64}\n/);
});

test('starts, keeps its files private, stops on SIGTERM, and starts again with the same administrator', async () => {
  const first = serve('--log-level', 'warn');
  const output = await outputWith(first, 'listens on');
  expect(output).toContain('client secret:');
  expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
  expect(statSync(join(folder, 'data', 'muniment.sqlite')).mode & 0o077).toBe(0);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const second = serve('--log-level', 'warn');
  expect(await outputWith(second, 'listens on')).not.toContain('client secret:');
});

test('stops although its output is closed', async () => {
  const started = serve();
  const [, url = ''] = /listens on (\S+)/.exec(await outputWith(started, 'reference:')) ?? [];
  started.child.stdout?.destroy();
  started.child.stderr?.destroy();
  for (let request = 0; request < 100; request += 1) {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  }
  started.child.kill('SIGTERM');
  expect(await started.ended).toBe(0);
});

test('warns when it listens on other addresses without encryption', async () => {
  const started = serve('--host', '0.0.0.0');
  expect(await outputWith(started, 'listens on')).toContain('Warning: listening on 0.0.0.0 without encryption');
  const stated = serve('--host', '0.0.0.0', '--tls-proxy', 'on', '--data-dir', join(folder, 'other'));
  expect(await outputWith(stated, 'listens on')).not.toContain('Warning');
});

test('rotates the signing key of an existing database, and never creates a database', async () => {
  const missing = muniment('rotate-signing-key', '--data-dir', join(folder, 'typo'));
  expect(await missing.ended).toBe(2);
  expect(existsSync(join(folder, 'typo'))).toBe(false);
  const started = serve();
  await outputWith(started, 'listens on');
  const rotated = muniment('rotate-signing-key', '--data-dir', join(folder, 'data'));
  expect(await rotated.ended).toBe(0);
  expect(rotated.output()).toMatch(/^Tokens are now signed with key [0-9a-f]{32}\.\n$/);
});

test('a second server on the same data directory refuses to start and names the first', async () => {
  const first = serve();
  await outputWith(first, 'listens on');
  const second = serve();
  expect(await second.ended).toBe(2);
  expect(second.output()).toBe(
    `--data-dir is ${join(folder, 'data')}, which cannot be used: it is used by the server with process id ${first.child.pid}.\n`,
  );
  const elsewhere = serve(
    '--data-dir',
    join(folder, 'other'),
    '--database-url',
    `sqlite:${join(folder, 'data', 'muniment.sqlite')}`,
  );
  expect(await elsewhere.ended).toBe(2);
  expect(elsewhere.output()).toContain(`it is used by the server with process id ${first.child.pid}`);
  first.child.kill('SIGKILL');
  await first.ended;
  await outputWith(serve(), 'listens on');
});

test('secrets in a URL do not reach the log', async () => {
  const started = serve();
  const [, url = ''] = /listens on (\S+)/.exec(await outputWith(started, 'reference:')) ?? [];
  await fetch(`${url}/oauth/token?grant_type=client_credentials&client_id=abc&client_secret=hidden`, {
    method: 'POST',
  });
  started.child.kill('SIGTERM');
  await started.ended;
  expect(started.output()).toContain('client_id=abc&client_secret=…');
  expect(started.output()).not.toContain('hidden');
});

test('a load survives restarts and a kill: it completes with the right counts', async () => {
  const rows = 12_000;
  const start = (): Promise<ServedProgram> =>
    serveProgram(['--data-dir', join(folder, 'data')], ({ child }) => running.push(child));
  let served = await start();
  const source = await addSourceBy(served, 'Directory');
  const task = await served.api.send('POST', `/v2025/sources/${source}/load-entitlements`, uploadOf(fileOf(rows)));
  expect(task.status).toBe(202);
  for (const signal of ['SIGTERM', 'SIGTERM', 'SIGKILL', 'SIGTERM', 'SIGTERM', 'SIGTERM'] as const) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    served.program.child.kill(signal);
    await served.program.ended;
    served = await start();
  }
  const { api } = served;
  let status = await api.get(`/v2025/task-status/${task.body.id}`);
  while (status.body.completed === null) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    status = await api.get(`/v2025/task-status/${task.body.id}`);
  }
  expect(status.body).toMatchObject({
    completionStatus: 'SUCCESS',
    attributes: { total: rows, groupsCreated: rows, groupsUpdated: 0, groupsDeleted: 0, groupsUnchanged: 0 },
  });
  const list = await api.get('/v2025/entitlements?limit=1&count=true');
  expect(list.headers.get('x-total-count')).toBe(String(rows));
  await expect.poll(() => readdirSync(join(folder, 'data', 'spool'))).toEqual([]);
}, 120_000);
