import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addEntitlements, addSource } from '../../../tests/support/catalogue.ts';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import { openDatabase } from '../../storage/open-database.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await emptySqlite();
  server = await startTestServer(database);
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(parameters: readonly string[], input?: string) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(['segments', ...parameters], variables, input).outcome;
}

async function json(parameters: readonly string[], input?: string) {
  return JSON.parse((await run([...parameters, '--json'], input)).stdout);
}

test('a segment is created, listed, shown, changed and deleted', async () => {
  const made = await json(['create', '--set', 'name=South', '--set', 'active=true']);
  expect(made).toMatchObject({ name: 'South', active: true, etag: '"1"' });
  const expression = { operator: 'EQUALS', attribute: 'location', value: { type: 'STRING', value: 'Austin' } };
  const visibilityCriteria = { expression };
  const { id } = await json(['create', '--file', '-'], JSON.stringify({ name: 'Austin', visibilityCriteria }));
  const table = (await run([])).stdout;
  expect(table).toMatch(/^NAME +ACTIVE +OWNER +ID\nSouth +true +[\da-f-]{36}\nAustin +false +[\da-f-]{36}\n$/);
  expect(await json(['get', id])).toMatchObject({ name: 'Austin', visibilityCriteria, etag: '"1"' });

  expect(await run(['patch', id, '--set', 'active=true', '--if-match', '7'])).toMatchObject({ code: 5 });
  expect(await json(['patch', id, '--set', 'active=true', '--if-match', '1'])).toMatchObject({ active: true });
  expect(await run(['delete', id, '--if-match', '1'])).toMatchObject({ code: 5 });
  expect(await run(['delete', id])).toMatchObject({ code: 0, stdout: `${id} is deleted.\n` });
  expect(await run(['get', id])).toMatchObject({ code: 4 });
});

test('entitlements are assigned to a segment, listed by it, and removed', async () => {
  const opened = await openDatabase({ url: database.url, readers: 0 });
  const source = await addSource(opened, 'Directory', { group: null });
  const [first = '', second = ''] = await addEntitlements(opened, [
    { source_id: source, value: 'one' },
    { source_id: source, value: 'two' },
  ]);
  await opened.close();
  const { id } = await json(['create', '--set', 'name=Closed', '--set', 'active=true']);
  const listed = async (...flags: readonly string[]): Promise<string[]> => {
    const { clientId, clientSecret } = administrator;
    const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
    const { stdout } = await runCommand(['entitlements', 'list', '--json', ...flags], variables).outcome;
    return JSON.parse(stdout).map((one: { name: string }) => one.name);
  };
  expect(await run(['assign', id, first, first])).toMatchObject({
    code: 0,
    stdout: `1 entitlement is assigned to ${id}.\n`,
  });
  expect(await listed('--segment', id, '--no-unsegmented')).toEqual(['one']);
  expect(await listed('--segment', id)).toEqual(['one', 'two']);
  expect(await listed('--segmented-for', 'me')).toEqual(['two']);
  expect(await run(['assign', id, second, 'nobody'])).toMatchObject({ code: 5 });
  expect(await json(['unassign', id, first])).toEqual({ segmentId: id, entitlementIds: [first] });
  expect(await listed('--segmented-for', 'me')).toEqual(['one', 'two']);
});

test('invalid input is rejected before any request', async () => {
  for (const [parameters, reason] of [
    [['create'], 'Add --set'],
    [['create', '--set', 'name=x', '--file', 'y'], 'Add --set'],
    [['create', '--set', 'owner.id=x'], '"owner/id" is within a field'],
    [['create', '--file', '-'], 'Standard input is not a JSON object'],
  ] as const) {
    const { code, stderr } = await run(parameters, '[]');
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  }
});
