import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeOnEngines } from '../../tests/support/engines.ts';
import { invariants } from '../storage/invariants/invariants.ts';
import { outputWith, type Program, runProgram } from '../../tests/support/program.ts';

// Each test runs many processes, one after another.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
const running: Program[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-doctor-'));
});
afterEach(() => {
  for (const { child } of running.splice(0)) {
    child.kill('SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(command: string, ...parameters: string[]): Program {
  const program = runProgram(command, '--data-dir', join(folder, 'data'), ...parameters);
  running.push(program);
  return program;
}

const quick = invariants.filter(({ isThorough }) => !isThorough);

/** The exit code and the lines by subject. */
async function examine(...parameters: string[]): Promise<{ code: number | null; lines: Record<string, string> }> {
  const program = start('doctor', ...parameters);
  const code = await program.ended;
  const lines = program.output().trimEnd().split('\n');
  return {
    code,
    lines: Object.fromEntries(
      lines.map((line) => {
        const [, outcome = line, subject = '', text = ''] = /^(ok|note|wrong) +([a-z ]+): (.*)$/.exec(line) ?? [];
        return [subject, `${outcome} ${text}`];
      }),
    ),
  };
}

describeOnEngines('doctor', (make) => {
  test('finds no problem while a server runs, or after it has stopped', async () => {
    const { url, remove } = await make();
    const server = start('serve', '--port', '0', '--database-url', url);
    await outputWith(server, 'reference:');
    for (const state of ['runs', 'stopped']) {
      if (state === 'stopped') {
        server.child.kill('SIGTERM');
        expect(await server.ended).toBe(0);
      }
      const { code, lines } = await examine('--database-url', url, ...(state === 'stopped' ? ['--thorough'] : []));
      expect([state, code, lines]).toEqual([
        state,
        0,
        {
          settings: 'ok all are valid.',
          'data directory': expect.stringMatching(/^ok .*private/),
          disk: expect.stringMatching(/^ok \d+ MiB are free/),
          database: expect.stringMatching(/^ok .*(is intact|is reachable)/),
          migrations: 'ok all have run.',
          uploads: 'ok 0 wait for their task.',
          'signing key': 'ok one is in use.',
          tasks: 'ok none is open.',
          jobs: 'ok none has failed.',
          content: `ok ${state === 'runs' ? quick.length : invariants.length} invariants hold.`,
        },
      ]);
    }
    await remove();
  });
});

test('before the first start it finds no problem and creates nothing', async () => {
  const { code, lines } = await examine();
  expect(code).toBe(0);
  expect(lines['data directory']).toMatch(/^note .* does not exist yet/);
  const asJson = start('doctor', '--json');
  expect(await asJson.ended).toBe(0);
  expect(JSON.parse(asJson.output())).toContainEqual({ subject: 'settings', outcome: 'ok', text: 'all are valid.' });
  expect(lines['database']).toMatch(/^note .* does not exist yet/);
  expect(readdirSync(folder)).toEqual([]);
});

test('an invalid setting is the only line', async () => {
  const { code, lines } = await examine('--port', 'abc');
  expect(code).toBe(1);
  expect(lines).toEqual({ settings: 'wrong --port is "abc". It must be a whole number from 0 to 65535.' });
});

test('an unreachable PostgreSQL is reported without its password', async () => {
  const { code, lines } = await examine('--database-url', 'postgres://user:hidden@127.0.0.1:1/x');
  expect(code).toBe(1);
  expect(lines['database']).toBe(
    'wrong --database-url is postgres://…@127.0.0.1:1/x, which cannot be used: connect ECONNREFUSED 127.0.0.1:1.',
  );
});

test('listening on other addresses without encryption is a note', async () => {
  expect((await examine('--host', '0.0.0.0')).lines['settings']).toMatch(/^note 0\.0\.0\.0/);
  expect((await examine('--host', '0.0.0.0', '--tls-proxy', 'on')).lines['settings']).toMatch(/^ok/);
});

test('reports problems with the directory, the file, the schema, the uploads and the tasks', async () => {
  const data = join(folder, 'data');
  const file = join(data, 'muniment.sqlite');
  const server = start('serve', '--port', '0');
  await outputWith(server, 'reference:');
  server.child.kill('SIGTERM');
  await server.ended;

  chmodSync(data, 0o755);
  expect((await examine()).lines['data directory']).toMatch(/^wrong .*chmod 700/);
  chmodSync(data, 0o700);
  chmodSync(file, 0o644);
  expect(await examine()).toMatchObject({ code: 1, lines: { database: expect.stringMatching(/^wrong .*chmod 600/) } });
  chmodSync(file, 0o600);

  writeFileSync(join(data, 'spool', 'left'), '');
  expect((await examine()).lines['uploads']).toMatch(/^note 1 without an open task/);
  const connection = new SqliteConnection(file);
  const task = connection.prepare(
    `INSERT INTO task (id, type, unique_name, description, launcher, launcher_folded, parameters, attributes, messages,
       percent_complete, attempts, created, modified, version)
     VALUES (?, 'CLOUD_GROUP_AGGREGATION', 'n', 'd', 'l', 'l', ?, '{}', '[]', 0, 0, ?, 0, 1)`,
  );
  // A task that reads over a connection has a scratch file and no upload.
  writeFileSync(join(data, 'spool', 't0.stage'), '');
  task.run('t0', '{}', Date.now());
  expect((await examine()).lines['uploads']).toMatch(/^note 1 without an open task/);
  task.run('t1', '{"file":"gone"}', Date.now() - 25 * 60 * 60 * 1000);
  connection
    .prepare(
      `INSERT INTO job (key, kind, lane, payload, due, requests, attempts, error, created)
       VALUES ('change-retention', 'change-retention', 'maintenance', '{}', 0, 1, 3, 'No room.', 0)`,
    )
    .run();
  const open = await examine();
  expect(open.lines['jobs']).toBe(
    'wrong change-retention failed (attempt 3): No room. Next attempt at 1970-01-01T00:00:00.000Z.',
  );
  expect(open.code).toBe(1);
  expect(open.lines['uploads']).toMatch(/^wrong the file of task t1 is missing/);
  expect(open.lines['tasks']).toMatch(/^wrong 2 open for more than a day, the oldest t1/);
  connection.exec("UPDATE migration SET name = '9999-later' WHERE name LIKE '0002-%'");
  connection.close();
  expect((await examine()).lines['migrations']).toMatch(/^wrong .*9999-later, which this version does not know/);

  writeFileSync(file, 'This is not a database, however long it may be.'.repeat(100));
  expect((await examine()).lines['database']).toMatch(/^wrong .*damaged: file is not a database/);
  rmSync(data, { recursive: true });
  writeFileSync(data, '');
  expect((await examine()).lines['data directory']).toMatch(/^wrong .*is not a folder/);
  rmSync(data);
  mkdirSync(data, { mode: 0o700 });
});
