import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptySqlite, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { runCommand } from '../../../tests/support/program.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';

// Each test runs several processes, one after the other.
vi.setConfig({ testTimeout: 120_000 });

let database: EmptyDatabase;
let server: TestServer;
let entitlement: string;
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
  await api.loadEntitlements(source.body.id, 'id,name\na,Alpha\n');
  [{ id: entitlement }] = (await api.get('/v2025/entitlements')).body;
});
afterAll(async () => {
  await server.stop();
  await database.remove();
});

async function run(parameters: readonly string[]) {
  const { clientId, clientSecret } = administrator;
  const variables = { SAIL_BASE_URL: server.url, SAIL_CLIENT_ID: clientId, SAIL_CLIENT_SECRET: clientSecret };
  return runCommand(parameters, variables).outcome;
}

const json = async (...parameters: string[]) => JSON.parse((await run(['metadata', ...parameters, '--json'])).stdout);

test('attributes and values are created, listed, shown and changed', async () => {
  expect(await json('create', '--set', 'name=Back Office')).toMatchObject({ key: 'backOffice', etag: '"1"' });
  expect(await json('add-value', 'backOffice', 'Head Office')).toMatchObject({ value: 'headOffice' });
  expect(await json('add-value', 'backOffice', 'Other', '--value', 'x')).toMatchObject({ value: 'x' });
  expect(await json('rename-value', 'backOffice', 'x', 'Depot')).toMatchObject({ value: 'x', name: 'Depot' });
  const patched = await json('patch', 'backOffice', '--set', 'multiselect=true', '--if-match', '4');
  expect(patched).toMatchObject({ multiselect: true, etag: '"5"' });
  expect(await json('get', 'backOffice')).toEqual(patched);
  expect((await run(['metadata', '--filters', 'type eq "custom"'])).stdout).toMatch(
    /^NAME +TYPE +MULTISELECT +VALUES +KEY\nBack Office +custom +true +headOffice x +backOffice\n$/,
  );
  expect((await run(['metadata', 'values', 'backOffice'])).stdout).toMatch(
    /^NAME +VALUE\nHead Office +headOffice\nDepot +x\n$/,
  );
});

test('values are assigned to entitlements, one by one and in bulk', async () => {
  const assigned = await json('assign', entitlement, 'iscRisk', 'high');
  expect(assigned.accessModelMetadata.attributes).toMatchObject([{ key: 'iscRisk', values: [{ value: 'high' }] }]);
  const removed = await run(['metadata', 'unassign', entitlement, 'iscRisk', 'high']);
  expect(removed).toMatchObject({ code: 0, stdout: `${entitlement} no longer has iscRisk=high.\n` });
  for (const which of [
    ['--id', entitlement, '--id', 'nothing'],
    ['--filters', 'name sw "Al"'],
  ]) {
    const { id } = await json(
      'update',
      'replace',
      'iscRisk=low',
      'iscRegulatory=gdpr',
      'iscRegulatory=hipaa',
      ...which,
    );
    await server.api.waitForTask(id);
    if (which.includes('nothing')) {
      const problems = await run(['tasks', 'problems', id, '--json']);
      expect(JSON.parse(problems.stdout)).toEqual([
        { lines: [], problem: 'There is no entitlement with id "nothing".' },
      ]);
    }
  }
  const { stdout } = await run(['entitlements', 'get', entitlement, '--json']);
  expect(JSON.parse(stdout).accessModelMetadata.attributes).toMatchObject([
    { key: 'iscRegulatory', values: [{ value: 'gdpr' }, { value: 'hipaa' }] },
    { key: 'iscRisk', values: [{ value: 'low' }] },
  ]);
});

test('invalid input is rejected before any request', async () => {
  for (const [parameters, reason] of [
    [['update', 'add', 'iscRisk=low'], 'Add --filters FILTER, or --id ID'],
    [['update', 'add', 'iscRisk', '--id', 'x'], '"iscRisk" must be KEY=VALUE'],
    [['update', 'remove', 'audience', '--id', 'x'], 'For remove and replace, KEY= stands for all values'],
  ] as const) {
    const { code, stderr } = await run(['metadata', ...parameters]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  }
});
