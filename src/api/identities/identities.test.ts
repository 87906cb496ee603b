import { afterAll, beforeAll, expect, test } from 'vitest';
import { packId } from '../../storage/changes/packed-id.ts';
import { addAccounts } from '../../../tests/support/accounts.ts';
import { addEntitlements } from '../../../tests/support/catalogue.ts';
import { describeOnEngines, type EmptyDatabase } from '../../../tests/support/engines.ts';
import { addPerson } from '../../../tests/support/persons.ts';
import { administrator, startTestServer, type TestServer } from '../../../tests/support/server.ts';
import type { ChangeContext } from '../../domain/changes/change-context.ts';
import { applyAuthoritative } from '../../domain/identities/apply-authoritative.ts';
import { correlateAccounts } from '../../domain/identities/correlate.ts';
import { releaseIdentityOf } from '../../domain/identities/release-identity.ts';
import type { Database } from '../../storage/database.ts';
import { openDatabase } from '../../storage/open-database.ts';

const context: ChangeContext = { actorId: null, clientId: null, taskId: null, trackingId: null };

const people = [
  {
    nativeIdentity: '1',
    attributes: { userName: 'ada', firstName: 'Ada', lastName: 'Lovelace', mail: 'ada@x.example' },
  },
  { nativeIdentity: '2', attributes: { userName: 'bob', displayName: 'Bob', manager: 'ADA', status: 'inactive' } },
  { nativeIdentity: '3', attributes: { userName: 'cleo', displayName: 'Cleo', manager: '2', department: 'Law' } },
  { nativeIdentity: '4', attributes: { userName: 'dan', displayName: 'Dan', manager: 'nobody' } },
];

describeOnEngines('identities', (make) => {
  let empty: EmptyDatabase;
  let server: TestServer;
  let database: Database;
  let adminId: string;
  const idOf = new Map<string, string>();
  beforeAll(async () => {
    empty = await make();
    server = await startTestServer(empty);
    database = await openDatabase({ url: empty.url, readers: 0 });
    const tokens = await server.api.get('/v2025/personal-access-tokens?owner-id=me');
    adminId = tokens.body.find(({ id }: { id: string }) => id === administrator.clientId).owner.id;
    const source = await createSource('HR', true);
    await database.write(async (transaction) => {
      const accounts = await addAccounts(transaction, source.id, people);
      await applyAuthoritative(transaction, source, accounts, context, Date.now());
      const [, , , dan] = accounts;
      await releaseIdentityOf(transaction, source, [dan?.id ?? ''], context, Date.now());
      await transaction.query
        .deleteFrom('account')
        .where('id', '=', dan?.id ?? '')
        .execute();
    });
    for (const { id, alias } of (await server.api.get('/v2025/identities?defaultFilter=NONE')).body) {
      idOf.set(alias, id);
    }
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    await empty.remove();
  });

  async function createSource(
    name: string,
    authoritative: boolean,
    ownerId: string = adminId,
  ): Promise<{ id: string; authoritative: boolean; details: Record<string, unknown> }> {
    const { body } = await server.api.send('POST', '/v2025/sources', {
      name,
      connector: 'delimited-file-angularsc',
      authoritative,
      owner: { type: 'IDENTITY', id: ownerId },
    });
    return { id: body.id, authoritative, details: {} };
  }

  async function aliases(query: string): Promise<string[]> {
    const { status, body } = await server.api.get(`/v2025/identities?${query}`);
    expect([status, body]).toEqual([200, expect.anything()]);
    return body.map(({ alias }: { alias: string }) => alias);
  }

  test('are shown with manager, state and attributes', async () => {
    const { body, headers } = await server.api.get(`/v2026/identities/${idOf.get('bob')}`);
    expect(headers.get('etag')).toMatch(/^"\d+"$/);
    expect(body).toEqual({
      id: idOf.get('bob'),
      name: 'Bob',
      alias: 'bob',
      emailAddress: null,
      processingState: 'OK',
      identityStatus: 'DISABLED',
      managerRef: { type: 'IDENTITY', id: idOf.get('ada'), name: 'Ada Lovelace' },
      isManager: true,
      lastRefresh: expect.any(String),
      attributes: {
        userName: 'bob',
        displayName: 'Bob',
        manager: 'ADA',
        status: 'inactive',
        uid: 'bob',
        cloudLifecycleState: 'inactive',
      },
      lifecycleState: { stateName: 'inactive', manuallyUpdated: false },
      created: expect.any(String),
      modified: expect.any(String),
    });
    for (const url of ['/beta/identities', '/v2024/identities', '/identities/v1']) {
      expect((await server.api.get(`${url}/${idOf.get('bob')}`)).body).toEqual(body);
    }
    for (const id of ['x', '%00', 'f'.repeat(32)]) {
      expect((await server.api.get(`/v2025/identities/${id}`)).status).toBe(404);
    }
  });

  test('are listed, filtered and sorted', async () => {
    const everybody = ['ada', 'administrator', 'bob', 'cleo'];
    expect(await aliases('sorters=alias')).toEqual(everybody);
    expect(await aliases('sorters=-alias&defaultFilter=NONE')).toEqual([...everybody, 'dan'].toReversed());
    for (const [filter, found] of [
      [`id eq "${idOf.get('ada')}"`, ['ada']],
      [`id in ("${idOf.get('ada')}","${idOf.get('cleo')}")`, ['ada', 'cleo']],
      ['name sw "a"', ['ada', 'administrator']],
      ['name eq "bob"', ['bob']],
      ['alias sw "B"', ['bob']],
      ['firstname eq "ada"', ['ada']],
      ['lastname sw "love"', ['ada']],
      ['email eq "ADA@x.example"', ['ada']],
      ['email sw "ada@"', ['ada']],
      ['cloudStatus eq "DISABLED"', ['bob']],
      ['processingState eq "OK"', ['ada', 'bob', 'cleo']],
      ['correlated eq true and not (name sw "a")', ['bob', 'cleo']],
      ['protected eq true', []],
    ] as const) {
      expect(await aliases(`sorters=alias&filters=${encodeURIComponent(filter)}`), filter).toEqual(found);
    }
    const counted = await server.api.get('/v2025/identities?sorters=cloudStatus,-name&count=true&limit=2&offset=1');
    expect(counted.headers.get('x-total-count')).toBe('4');
    expect(counted.body.map(({ name }: { name: string }) => name)).toEqual(['Ada Lovelace', 'Bob']);
    expect((await server.api.get('/v2025/identities?filters=lifecycleState%20eq%20"x"')).status).toBe(400);
    expect((await server.api.get('/v2025/identities?sorters=email')).status).toBe(400);
    expect((await server.api.get('/v2025/identities?defaultFilter=SOME')).status).toBe(400);
  });

  test('everyone may read the public data of identities', async () => {
    const eve = await addPerson(server, empty, 'Eve Adams', []);
    expect((await eve.api.get('/v2025/identities')).status).toBe(403);
    expect((await eve.api.get(`/v2025/identities/${idOf.get('ada')}`)).status).toBe(403);
    const { body } = await eve.api.get('/v2025/public-identities?sorters=-name&filters=alias%20eq%20"bob"');
    expect(body).toEqual([
      {
        id: idOf.get('bob'),
        name: 'Bob',
        alias: 'bob',
        email: null,
        status: 'DISABLED',
        identityState: 'INACTIVE_SHORT_TERM',
        manager: { type: 'IDENTITY', id: idOf.get('ada'), name: 'Ada Lovelace' },
        attributes: [],
      },
    ]);
    const core = await eve.api.get('/public-identities/v1?add-core-filters=true');
    expect(core.body.map(({ alias }: { alias: string }) => alias)).toEqual(['ada']);
    expect((await eve.api.get('/beta/public-identities')).status).toBe(404);
  });

  test('deletion updates references and accounts and deletes tokens', async () => {
    const zoe = await addPerson(server, empty, 'Zoe Wolf', ['ORG_ADMIN']);
    const { id: sourceId } = await createSource('ERP', false, zoe.id);
    const owners = JSON.stringify([
      { type: 'IDENTITY', id: zoe.id, name: 'Zoe Wolf' },
      { type: 'IDENTITY', id: adminId, name: 'Administrator' },
    ]);
    const [owned = '', shared = ''] = await addEntitlements(database, [
      { source_id: sourceId, value: 'a', owner_id: zoe.id },
      { source_id: sourceId, value: 'b', additional_owners: owners },
    ]);
    const accountId = await database.write(async (transaction) => {
      await transaction.query
        .updateTable('source')
        .set({
          correlation_config: JSON.stringify({
            id: '1',
            name: '',
            attributeAssignments: [{ property: 'lastname', value: 'last' }],
          }),
        })
        .where('id', '=', sourceId)
        .execute();
      const accounts = await addAccounts(transaction, sourceId, [
        { nativeIdentity: 'z', attributes: { last: 'wolf' } },
      ]);
      await correlateAccounts(transaction, { id: sourceId }, accounts, context, Date.now());
      return accounts[0]?.id ?? '';
    });
    const identityOf = async (): Promise<unknown> =>
      (await database.keyed.query.selectFrom('account').select('identity_id').where('id', '=', accountId).execute())[0]
        ?.identity_id;
    expect(await identityOf()).toBe(zoe.id);

    const path = `/v2025/identities/${zoe.id}`;
    expect((await server.api.send('DELETE', path, undefined, { 'if-match': '"99"' })).status).toBe(412);
    expect((await server.api.send('DELETE', path, undefined)).status).toBe(204);
    expect((await server.api.send('DELETE', path, undefined)).status).toBe(404);
    expect((await server.api.get(path)).status).toBe(404);
    expect((await zoe.api.get('/v2025/sources')).status).toBe(401);
    expect(await identityOf()).toBeNull();
    expect((await server.api.get(`/v2025/sources/${sourceId}`)).body.owner).toBeNull();
    expect((await server.api.get(`/v2025/entitlements/${owned}`)).body.owner).toBeNull();
    expect((await server.api.get(`/v2025/entitlements/${shared}`)).body.additionalOwners).toEqual([
      { type: 'IDENTITY', id: adminId, name: 'Administrator' },
    ]);
    const changes = await database.keyed.query
      .selectFrom('change')
      .select(['object_type', 'kind', 'before', 'after'])
      .where('actor_id', '=', adminId)
      .where('number', '>', await changesBefore(accountId))
      .orderBy('number')
      .execute();
    expect(changes.map(({ object_type, kind }) => `${object_type} ${kind}`)).toEqual([
      'ENTITLEMENT updated',
      'ENTITLEMENT updated',
      'SOURCE updated',
      'CLIENT deleted',
      'ACCOUNT updated',
      'IDENTITY deleted',
    ]);
  });

  async function changesBefore(accountId: string): Promise<number> {
    const row = await database.keyed.query
      .selectFrom('change')
      .select('number')
      .where('object_id', '=', packId(accountId))
      .orderBy('number')
      .executeTakeFirstOrThrow();
    return row.number;
  }

  test('deletion of a manager leaves reports without one', async () => {
    expect((await server.api.send('DELETE', `/v2025/identities/${idOf.get('ada')}`, undefined)).status).toBe(204);
    const { body } = await server.api.get(`/v2025/identities/${idOf.get('bob')}`);
    expect([body.managerRef, body.isManager]).toEqual([null, true]);
  });

  test('the administrator cannot be deleted', async () => {
    const { status, body } = await server.api.send('DELETE', `/v2025/identities/${adminId}`, undefined);
    expect([status, body.messages[0].text]).toEqual([400, expect.stringContaining('first start')]);
  });

  test('auth users exist for identities from accounts', async () => {
    const { status, body } = await server.api.get(`/v2025/auth-users/${idOf.get('cleo')}`);
    expect([status, body]).toEqual([200, expect.objectContaining({ uid: 'cleo', alias: 'cleo', displayName: 'Cleo' })]);
  });
});
