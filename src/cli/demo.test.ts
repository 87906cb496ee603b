import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outputWith, type Program, runProgram } from '../../tests/support/program.ts';

// Each start is a process, and the first ones load the whole sample organisation.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
const running: Program[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muniment-demo-'));
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function startProgram(...parameters: string[]): Program {
  const program = runProgram('demo', '--port', '0', '--data-dir', join(folder, 'data'), ...parameters);
  running.push(program);
  return program;
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** Starts the demo; returns a function that sends requests as its administrator, and one that stops it. */
async function startDemo(): Promise<{ call: Call; stop: () => Promise<void> }> {
  const program = startProgram();
  const introduction = await outputWith(program, 'Stop with Ctrl+C');
  const named = (name: string): string => new RegExp(`^${name}: (.+)$`, 'm').exec(introduction)?.[1] ?? '';
  const url = named('base URL');
  const granted = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: named('client id'),
      client_secret: named('client secret'),
    }),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const call: Call = async (method, path, body) => {
    const answer = await fetch(`${url}/v2025${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json-patch+json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    expect(answer.ok, `${method} ${path}: ${text}`).toBe(true);
    return (text === '' ? undefined : JSON.parse(text)) as never;
  };
  return {
    call,
    stop: async () => {
      program.child.kill('SIGTERM');
      expect(await program.ended, program.output()).toBe(0);
    },
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly owner?: { readonly id: string };
}

test('a loaded demo is served as its user left it', async () => {
  const first = await startDemo();
  const sources = await first.call<Named[]>('GET', '/sources?sorters=name');
  const people = await first.call<Named[]>('GET', '/identities?filters=alias%20eq%20%22matthew.venning%22');
  const owned = sources.find(({ owner }) => owner?.id === people[0]?.id);
  const changed = sources.find(({ id }) => id !== owned?.id);
  expect([sources.length, people.length]).toEqual([4, 1]);
  await first.call('DELETE', `/identities/${people[0]?.id}`);
  const [other] = await first.call<Named[]>('GET', '/public-identities?limit=1');
  await first.call('PATCH', `/sources/${changed?.id}`, [
    { op: 'replace', path: '/owner', value: { type: 'IDENTITY', id: other?.id, name: other?.name } },
  ]);
  const read = async (call: Call) => call<(Named & { modified: string })[]>('GET', '/sources?sorters=name');
  const before = await read(first.call);
  await first.stop();

  const second = await startDemo();
  expect(await read(second.call)).toEqual(before);
  await second.call('DELETE', `/sources/${changed?.id}`);
  await vi.waitUntil(async () => (await read(second.call)).length === 3, { timeout: 30_000, interval: 100 });
  await second.stop();

  const third = await startDemo();
  expect((await read(third.call)).map(({ name }) => name)).toEqual(
    before.filter(({ id }) => id !== changed?.id).map(({ name }) => name),
  );
  await third.stop();
});

test('an interrupted load continues at the next start', async () => {
  const interrupted = startProgram('--log-level', 'info');
  // The first of three sources with entitlements.
  expect(await outputWith(interrupted, '/load-entitlements')).not.toContain('Muniment is ready');
  interrupted.child.kill('SIGKILL');
  await interrupted.ended;
  const { call, stop } = await startDemo();
  const sources = await call<Named[]>('GET', '/sources?sorters=name');
  expect(sources).toHaveLength(4);
  for (const { id } of sources) {
    const filters = encodeURIComponent(`sourceId eq "${id}"`);
    expect(await call<Named[]>('GET', `/accounts?limit=1&filters=${filters}`)).toHaveLength(1);
  }
  await stop();
});
