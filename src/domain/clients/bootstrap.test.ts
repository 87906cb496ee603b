import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import type { Database } from '../../storage/database.ts';
import { migrate } from '../../storage/migrate.ts';
import { openDatabase } from '../../storage/open-database.ts';
import { bootstrapAdministrator, tenantIdOf } from './bootstrap.ts';
import { findByCredentials, findClient, findOwnSubject, storeDeletion } from './clients.ts';

const nothing = { bootstrapClientId: undefined, bootstrapClientSecret: undefined };
const set = { bootstrapClientId: 'b'.repeat(32), bootstrapClientSecret: '5'.repeat(64) };
const origin = { actorId: null, clientId: null, taskId: null, trackingId: null };

describeOnEngines('bootstrap', (make) => {
  let empty: EmptyDatabase;
  let database: Database;
  beforeEach(async () => {
    empty = await make();
    database = await openDatabase({ url: empty.url, readers: 1 });
    await migrate(database);
  });
  afterEach(async () => {
    await database.close();
    await empty.remove();
  });

  async function rows(table: 'identity' | 'client' | 'change'): Promise<Record<string, unknown>[]> {
    return database.keyed.query.selectFrom(table).selectAll().execute();
  }

  test('the first start creates an administrator with a token with generated credentials', async () => {
    const made = await bootstrapAdministrator(database, nothing);
    expect(made).toEqual({
      clientId: expect.stringMatching(/^[0-9a-f]{32}$/),
      clientSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const client = await findByCredentials(database, made?.clientId ?? '', made?.clientSecret ?? '');
    const subject = client && (await findOwnSubject(database, client));
    expect(subject).toMatchObject({ name: 'Administrator', capabilities: ['ORG_ADMIN'] });
    expect(client).toMatchObject({ scope: ['sp:scopes:all'], expirationDate: null, enabled: true });
    expect(await rows('identity')).toMatchObject([{ alias: 'administrator', name: 'Administrator' }]);
    expect((await rows('change')).map((row) => [row['object_type'], row['kind']])).toEqual([
      ['IDENTITY', 'created'],
      ['CLIENT', 'created'],
    ]);
    expect(JSON.stringify(await rows('change'))).not.toContain(client?.secretHash);
    expect(await tenantIdOf(database)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('configured credentials are used', async () => {
    const made = await bootstrapAdministrator(database, set);
    expect(made).toEqual({ clientId: set.bootstrapClientId, clientSecret: set.bootstrapClientSecret });
    expect(await findByCredentials(database, set.bootstrapClientId, set.bootstrapClientSecret)).toBeDefined();
  });

  test('later starts change nothing', async () => {
    await bootstrapAdministrator(database, set);
    const tenantId = await tenantIdOf(database);
    expect(await bootstrapAdministrator(database, nothing)).toBeUndefined();
    expect(await bootstrapAdministrator(database, set)).toBeUndefined();
    expect(await bootstrapAdministrator(database, { ...set, bootstrapClientSecret: '6'.repeat(64) })).toBeUndefined();
    expect(await findByCredentials(database, set.bootstrapClientId, set.bootstrapClientSecret)).toBeDefined();
    expect([(await rows('client')).length, (await rows('identity')).length]).toEqual([1, 1]);
    expect(await tenantIdOf(database)).toBe(tenantId);
  });

  test('a new client id creates another token for the administrator', async () => {
    const first = await bootstrapAdministrator(database, nothing);
    const again = await bootstrapAdministrator(database, { ...nothing, bootstrapClientId: set.bootstrapClientId });
    expect(again?.clientId).toBe(set.bootstrapClientId);
    const [old, fresh] = [
      await findClient(database, first?.clientId ?? ''),
      await findClient(database, again?.clientId ?? ''),
    ];
    expect(fresh?.ownerId).toBe(old?.ownerId);
  });

  test('a deleted token is not created again', async () => {
    await bootstrapAdministrator(database, set);
    await database.write(async (transaction) => {
      const client = await findClient(database, set.bootstrapClientId);
      if (client !== undefined) {
        await storeDeletion(transaction, client, origin);
      }
    });
    expect(await bootstrapAdministrator(database, set)).toBeUndefined();
    expect(await findClient(database, set.bootstrapClientId)).toBeUndefined();
  });

  test('servers that start concurrently on a new database create one administrator', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => bootstrapAdministrator(database, nothing)));
    expect(made.filter((credentials) => credentials !== undefined)).toHaveLength(1);
    expect([(await rows('client')).length, (await rows('identity')).length]).toEqual([1, 1]);
  });
});
