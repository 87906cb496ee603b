import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { pendingMigrations } from '../../src/storage/migrate.ts';
import { migrations } from '../../src/storage/migrations/index.ts';
import { openDatabase, openForReading } from '../../src/storage/open-database.ts';
import { ApiClient, tokenOf } from '../support/api-client.ts';
import { describeOnEngines } from '../support/engines.ts';
import { violationsIn } from '../support/invariants.ts';
import { serverProcesses } from '../support/server-processes.ts';
import { fillWithStored, storedAdministrator } from '../support/stored-databases.ts';

/**
 * Databases of version 0.1.0 with the demo in them, from its earliest commit whose first migration is final, and from the
 * last one before the compact change record: their last migration, and how much is in them. `changes` are those of
 * entitlements.
 */
const stored = [
  { name: '0001-foundation', sources: 3, entitlements: 1332, accounts: 0, people: 0, tasks: 3, changes: 1332 },
  {
    name: '0003-entitlement-counts',
    sources: 4,
    entitlements: 1332,
    accounts: 2336,
    people: 200,
    tasks: 7,
    changes: 1348,
  },
] as const;

const group = 'CN=ADM-AccessReviewCoordinators,OU=Administration,DC=aldermoor,DC=example';
const groups = readFileSync(new URL('../../demo/directory/groups.csv', import.meta.url));

/** Returns how many objects a list has. */
async function countOf(api: ApiClient, path: string): Promise<number> {
  const { status, headers } = await api.get(`${path}${path.includes('?') ? '&' : '?'}limit=1&count=true`);
  expect(status).toBe(200);
  return Number(headers.get('x-total-count'));
}

/** Returns the only object of a list. */
async function oneOf(api: ApiClient, path: string, filters: string): Promise<{ id: string; name: string }> {
  const { body } = await api.get(`${path}?${new URLSearchParams({ filters }).toString()}`);
  expect(body).toHaveLength(1);
  return body[0];
}

/** Sets metadata of the group as earlier versions did, which accepted any keys and values. */
async function setEarlierMetadata(url: string): Promise<void> {
  const value = { value: 'Tier 0', name: 'Tier Zero' };
  const metadata = JSON.stringify({ attributes: [{ key: 'admin/tier', name: 'Tier', values: [value] }] });
  const database = await openDatabase({ url, readers: 1 });
  await database.write(async ({ query }) => {
    await sql`UPDATE entitlement SET access_model_metadata = ${metadata}, version = version + 1
      WHERE value = ${group}`.execute(query);
    await sql`INSERT INTO change (time, object_type, object_id, kind, before, after)
      SELECT ${Date.now()}, 'ENTITLEMENT', id, 'updated', '{"accessModelMetadata":null}',
        ${`{"accessModelMetadata":${metadata}}`} FROM entitlement WHERE value = ${group}`.execute(query);
  });
  await database.close();
}

describe.each(stored)('a database with migrations until $name', ({ name, ...expected }) => {
  describeOnEngines('is migrated at the start', (make) => {
    const processes = serverProcesses();

    test('and what was in it is listed, recorded, changed and loaded again', async () => {
      const database = await make();
      await fillWithStored(database, name);
      await setEarlierMetadata(database.url);
      const before = await openForReading(database.url);
      const pending = await pendingMigrations(before.session);
      await before.close();
      expect(pending).toEqual(migrations.map((migration) => migration.name).filter((other) => other > name));

      const served = await processes.serve('data', '--database-url', database.url);
      const { url } = served.api;
      // The client that was in the database still gets tokens.
      const { clientId, clientSecret } = storedAdministrator;
      const api = new ApiClient(url, await tokenOf(url, clientId, clientSecret));

      expect({
        sources: await countOf(api, '/v2025/sources'),
        entitlements: await countOf(api, '/v2025/entitlements'),
        accounts: await countOf(api, '/v2025/accounts'),
        // The administrator is no person of the organisation.
        people: (await countOf(api, '/v2025/identities?defaultFilter=NONE')) - 1,
        tasks: await countOf(api, '/v2025/task-status'),
        changes: await countOf(api, '/muniment/v1/changes?filters=objectType+eq+%22ENTITLEMENT%22'),
      }).toEqual({ ...expected, changes: expected.changes + 2 });

      const { id } = await oneOf(api, '/v2025/entitlements', `value eq "${group}"`);
      expect((await api.get(`/v2025/entitlements/${id}/parents`)).body).toMatchObject([
        { value: 'CN=ADM-DirectoryReadersExtended,OU=Administration,DC=aldermoor,DC=example' },
      ]);
      const changed = await api.send('PATCH', `/v2025/entitlements/${id}`, [
        { op: 'replace', path: '/description', value: 'Changed after the upgrade' },
      ]);
      expect(changed.body).toMatchObject({
        name: 'Access Review Coordinators',
        description: 'Changed after the upgrade',
        accessModelMetadata: {
          attributes: [
            {
              key: expect.stringMatching(/^admin-tier-/),
              name: 'Tier',
              type: 'custom',
              values: [{ value: 'Tier 0', name: 'Tier Zero' }],
            },
          ],
        },
      });
      const history = (await api.get(`/muniment/v1/entitlements/${id}/history`)).body;
      expect(history.map(({ kind }: { kind: string }) => kind)).toEqual([
        'updated',
        // The metadata's key, which no attribute can have, is replaced.
        'updated',
        'updated',
        'created',
      ]);
      expect(history[3].after).toMatchObject({ value: group, fromSource: { name: 'Access Review Coordinators' } });
      const earlier = await api.get(`/muniment/v1/entitlements/${id}?at=${history[3].time}`);
      expect(earlier.body).toMatchObject({ description: 'Starts reviews and chases late reviewers.' });

      // What was loaded before the upgrade is found again by the same file.
      const directory = await oneOf(api, '/v2025/sources', 'name eq "Corporate Directory"');
      expect(await api.loadEntitlements(directory.id, groups)).toMatchObject({
        completionStatus: 'SUCCESS',
        attributes: { groupsCreated: 0, groupsDeleted: 0 },
      });
      // The tables that came later are in use.
      const segment = { name: 'New', description: 'New', active: false };
      expect((await api.send('POST', '/v2025/segments', segment)).status).toBe(201);
      const metadata = `/v2025/entitlements/${id}/access-model-metadata/iscRisk/values/high`;
      expect((await api.send('POST', metadata)).status).toBe(201);

      served.program.child.kill('SIGTERM');
      expect(await served.program.ended).toBe(0);
      expect(await violationsIn(database.url)).toEqual([]);
      await database.remove();
    }, 120_000);
  });
});
