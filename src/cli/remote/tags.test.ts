import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { tagName } from '../../domain/tags/tag-names.ts';
import { storedName } from './tags.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
let alpha: string;
let beta: string;
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
  const { api } = server;
  const [owner] = (await api.get('/v2025/identities?defaultFilter=NONE')).body;
  const source = await api.send('POST', '/v2025/sources', {
    name: 'Directory',
    owner: { type: 'IDENTITY', id: owner.id },
    connector: 'delimited-file-angularsc',
  });
  await api.loadEntitlements(source.body.id, 'id,name\na,Alpha\nb,Beta\n');
  [alpha, beta] = (await api.get('/v2025/entitlements?sorters=value')).body.map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(...parameters: string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(parameters, variables).outcome;
}

test('tags are added, listed and removed', async () => {
  const tag = JSON.parse((await run('tags', 'create', 'pci data', '--json')).stdout);
  expect(tag).toMatchObject({ name: 'PCI_DATA' });
  expect(await run('tags', 'add', 'pci data', alpha, beta)).toMatchObject({
    code: 0,
    stdout: 'The tag is added to 2 objects.\n',
  });
  expect((await run('tags')).stdout).toMatch(/^NAME +CREATED +ID\nPCI_DATA +\S+ +\S+\n$/);
  expect((await run('tags', 'objects', '--tag', 'PCI_DATA', '--type', 'ENTITLEMENT')).stdout).toMatch(
    /^TYPE +NAME +TAGS +ID\nENTITLEMENT +\w+ +PCI_DATA +\S+\nENTITLEMENT +\w+ +PCI_DATA +\S+\n$/,
  );
  const refused = await run('tags', 'delete', tag.id);
  expect(refused).toMatchObject({ code: 5, stdout: '' });
  expect(refused.stderr).toContain('Tag "PCI_DATA" cannot be deleted while an object has it');
  expect(JSON.parse((await run('tags', 'remove', 'PCI_DATA', alpha, '--json')).stdout)).toEqual({ ids: [alpha] });
  expect((await run('tags', 'remove', 'PCI_DATA', beta)).stdout).toBe('The tag is removed from 1 object.\n');
  expect(await run('tags', 'delete', tag.id)).toMatchObject({ code: 0, stdout: `${tag.id} is deleted.\n` });
  expect((await run('tags', 'objects', '--json')).stdout).toBe('[]\n');
});

test('a tag that does not exist cannot be removed', async () => {
  expect(await run('tags', 'remove', 'never was', alpha)).toMatchObject({
    code: 4,
    stdout: '',
    stderr: expect.stringContaining('There is no tag "NEVER_WAS". See muniment tags list.'),
  });
  // An object need not have a tag that exists.
  await run('tags', 'create', 'once was');
  expect(await run('tags', 'remove', 'once was', alpha)).toMatchObject({ code: 0 });
});

test.each(['pci data', '  Straße-1 ', 'ﬁnance\tx', 'a_b"c', 'é\u0301a', 'İstanbul'])(
  'names are sought as they are stored: %s',
  (tag) => {
    expect(storedName(tag)).toBe(tagName(tag, 'tag'));
  },
);

test('a tag is deleted by its name', async () => {
  for (const [created, deleted] of [
    ['PCI', 'PCI'],
    ['by name', 'By name'],
  ] as const) {
    const { id } = JSON.parse((await run('tags', 'create', created, '--json')).stdout);
    expect(JSON.parse((await run('tags', 'delete', deleted, '--json')).stdout)).toEqual({ id });
    expect(await run('tags', 'delete', deleted)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(`There is no tag "${deleted}". "muniment tags list" lists the tags.`),
    });
  }
  expect(await run('tags', 'delete', '..')).toMatchObject({ code: 4, stdout: '' });
});

test('wrong use is explained', async () => {
  expect((await run('tags', 'add', 'PCI')).stderr).toContain("missing required argument 'ids'");
  expect((await run('tags', 'add', 'no', alpha)).stderr).toContain('A tag must have 3 to 128');
  expect((await run('tags', 'add', 'PCI', 'nobody')).stderr).toContain(
    'Referenced entitlement "nobody" was not found.',
  );
  expect((await run('tags', 'add', 'PCI', alpha, '--type', 'ROLE')).stderr).toContain('ENTITLEMENT, IDENTITY, SOURCE');
});
