import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import SqliteConnection from 'better-sqlite3';
import { ApiClient, tokenOf } from '../../tests/support/api-client.ts';
import { outputWith, type Program, runProgram } from '../../tests/support/program.ts';

const credentials = { id: 'a'.repeat(32), secret: 'b'.repeat(64) };

// Each test runs many processes, one after another.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
const running: Program[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-backup-'));
});
afterEach(() => {
  for (const { child } of running.splice(0)) {
    child.kill('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => join(folder, name);

interface Server {
  readonly program: Program;
  readonly api: ApiClient;
}

async function serve(dataDir = inFolder('data')): Promise<Server> {
  const program = runProgram(
    ...'serve --port 0 --log-level fatal --data-dir'.split(' '),
    dataDir,
    '--bootstrap-client-id',
    credentials.id,
    '--bootstrap-client-secret',
    credentials.secret,
  );
  running.push(program);
  const [, url = ''] = /listens on (\S+)/.exec(await outputWith(program, 'reference:')) ?? [];
  return { program, api: new ApiClient(url, await tokenOf(url, credentials.id, credentials.secret)) };
}

async function stop({ program }: Server): Promise<void> {
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
}

async function run(command: string, ...parameters: string[]): Promise<{ code: number | null; output: string }> {
  const program = runProgram(command, ...parameters, '--data-dir', inFolder('data'));
  running.push(program);
  return { code: await program.ended, output: program.output() };
}

async function addSource({ api }: Server, name: string): Promise<void> {
  const owner = JSON.parse(Buffer.from(api.token.split('.')[1] ?? '', 'base64url').toString()).identity_id;
  const source = { name, connector: 'delimited-file-angularsc', owner: { type: 'IDENTITY', id: owner } };
  expect((await api.send('POST', '/v2025/sources', source)).status).toBe(201);
}

async function sourceNames({ api }: Server): Promise<string[]> {
  const { body } = await api.get('/v2025/sources?sorters=name');
  return (body as { name: string }[]).map(({ name }) => name);
}

describe('backup and restore', () => {
  test('a backup made while the server writes contains everything acknowledged before', async () => {
    const server = await serve();
    await addSource(server, 'Before');
    const writes = Promise.all([1, 2, 3].map((number) => addSource(server, `While ${number}`)));
    const made = await run('backup', inFolder('copy.sqlite'));
    await writes;
    expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/backed up to .*copy\.sqlite/) });
    expect(statSync(inFolder('copy.sqlite')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual(['copy.sqlite', 'data']);
    await addSource(server, 'Later');

    const refused = await run('restore', inFolder('copy.sqlite'), '--force');
    expect(refused.code).toBe(2);
    expect(refused.output).toContain(`it is used by the server with process id ${server.program.child.pid}.`);
    await stop(server);

    const unforced = await run('restore', inFolder('copy.sqlite'));
    expect(unforced.code).toBe(2);
    expect(unforced.output).toContain('Add --force to replace it');
    const restored = await run('restore', inFolder('copy.sqlite'), '--force');
    expect(restored.code, restored.output).toBe(0);
    const again = await serve();
    const names = await sourceNames(again);
    expect(names).toContain('Before');
    expect(names).not.toContain('Later');
    expect(readdirSync(inFolder('data')).some((name) => name.includes('.replaced-'))).toBe(true);
    expect(readdirSync(inFolder('data')).some((name) => name.includes('restoring'))).toBe(false);
  });

  test('a killed server can be moved to another machine', async () => {
    const server = await serve();
    await addSource(server, 'Kept');
    server.program.child.kill('SIGKILL');
    await server.program.ended;
    const made = JSON.parse((await run('backup', inFolder('copy.sqlite'), '--json')).output);
    expect(made).toEqual({
      file: inFolder('copy.sqlite'),
      size: statSync(inFolder('copy.sqlite')).size,
      openTasks: [],
    });
    rmSync(inFolder('data'), { recursive: true });
    const restored = JSON.parse((await run('restore', inFolder('copy.sqlite'), '--json')).output);
    expect(restored).toEqual({ file: inFolder('data/muniment.sqlite'), pending: [], from: inFolder('copy.sqlite') });
    expect(statSync(inFolder('data')).mode & 0o777).toBe(0o700);
    expect(statSync(join(inFolder('data'), 'muniment.sqlite')).mode & 0o777).toBe(0o600);
    expect(await sourceNames(await serve())).toEqual(['Kept']);
  });

  test('a damaged database is replaced together with its WAL', async () => {
    const server = await serve();
    expect((await run('backup', inFolder('copy.sqlite'))).code).toBe(0);
    await addSource(server, 'Lost');
    server.program.child.kill('SIGKILL');
    await server.program.ended;
    writeFileSync(join(inFolder('data'), 'muniment.sqlite'), 'nonsense'.repeat(1000));
    const restored = await run('restore', inFolder('copy.sqlite'), '--force');
    expect(restored.code, restored.output).toBe(0);
    expect(await sourceNames(await serve())).toEqual([]);
  });
});

test('an orphaned WAL never mixes with a restored database', async () => {
  const server = await serve();
  expect((await run('backup', inFolder('copy.sqlite'))).code).toBe(0);
  await addSource(server, 'Lost');
  server.program.child.kill('SIGKILL');
  await server.program.ended;
  const log = join(inFolder('data'), 'muniment.sqlite-wal');
  expect(statSync(log).size).toBeGreaterThan(0);
  rmSync(join(inFolder('data'), 'muniment.sqlite'));
  const restored = await run('restore', inFolder('copy.sqlite'));
  expect(restored.code, restored.output).toBe(0);
  expect(existsSync(log) && statSync(log).size > 0).toBe(false);
  expect(await sourceNames(await serve())).toEqual([]);
});

describe('rejects', () => {
  test('a backup over a file, and of nothing', async () => {
    const nothing = await run('backup', inFolder('copy.sqlite'));
    expect(nothing.code).toBe(2);
    expect(nothing.output).toContain('There is no database');
    expect(existsSync(inFolder('data'))).toBe(false);
    await stop(await serve());
    writeFileSync(inFolder('copy.sqlite'), 'mine');
    const existing = await run('backup', inFolder('copy.sqlite'));
    expect(existing).toEqual({
      code: 2,
      output: `${inFolder('copy.sqlite')} already exists. A backup never overwrites a file: choose another name.\n`,
    });
    expect(readFileSync(inFolder('copy.sqlite'), 'utf8')).toBe('mine');
    const nowhere = await run('backup', inFolder('missing/copy.sqlite'));
    expect(nowhere.code).toBe(2);
    expect(nowhere.output).toContain('could not be created: ENOENT');
  });

  test('restoring a missing file, one that is not a database, a damaged, truncated or newer one, and one in use', async () => {
    await stop(await serve());
    expect((await run('backup', inFolder('copy.sqlite'))).code).toBe(0);
    const bytes = readFileSync(inFolder('copy.sqlite'));
    writeFileSync(inFolder('text'), 'This is not a database, however long it may be.'.repeat(100));
    writeFileSync(inFolder('empty'), '');
    writeFileSync(inFolder('cut'), bytes.subarray(0, bytes.length / 2));
    const damaged = Buffer.from(bytes);
    damaged.fill(0x55, Math.floor(bytes.length / 8192) * 4096, bytes.length - 4096);
    writeFileSync(inFolder('damaged'), damaged);
    for (const [name, statement] of [
      ['newer', "INSERT INTO migration VALUES ('9999-later', 'x', 0)"],
      ['edited', "UPDATE migration SET hash = 'x'"],
      ['other', 'DROP TABLE migration'],
    ] as const) {
      cpSync(inFolder('copy.sqlite'), inFolder(name));
      const connection = new SqliteConnection(inFolder(name));
      connection.exec(statement);
      connection.close();
    }
    cpSync(inFolder('copy.sqlite'), inFolder('in-use'));
    writeFileSync(inFolder('in-use-wal'), 'log');
    const before = readdirSync(inFolder('data')).toSorted();
    for (const [name, reason] of [
      ['missing', 'There is no file'],
      ['text', 'cannot be restored: the file is damaged.\nfile is not a database'],
      ['empty', 'it is empty'],
      ['cut', 'cannot be restored: the file is damaged.\n'],
      ['damaged', 'cannot be restored: the file is damaged.\n'],
      ['newer', '9999-later, which this version does not know'],
      ['edited', 'is not the one that was applied'],
      ['other', "is another program's"],
      ['in-use', 'a database in use'],
    ] as const) {
      const refused = await run('restore', inFolder(name), '--force');
      expect([name, refused.code, refused.output]).toEqual([name, 2, expect.stringContaining(reason)]);
      expect(readdirSync(inFolder('data')).toSorted()).toEqual(before);
    }
    await stop(await serve());
  });

  test.each(['backup', 'restore'])('%s on PostgreSQL, which has its own tool', async (command) => {
    const refused = await run(command, inFolder('copy'), '--database-url', 'postgres://user:hidden@127.0.0.1:1/x');
    expect(refused.code).toBe(2);
    expect(refused.output).toMatch(/PostgreSQL, which has its own tool.*pg_(dump|restore)/);
    expect(refused.output).not.toContain('hidden');
  });
});
