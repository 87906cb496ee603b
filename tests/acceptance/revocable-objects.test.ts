import { expect, test } from 'vitest';
import { addReasons } from '../../src/storage/connections/connection-reasons.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import type { ApiClient } from '../support/api-client.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, expectStatus, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';

const nobody = 'f'.repeat(32);

describeOwnServer('revocable objects (getEntitlementDetailsForIdentity)', {}, (server) => {
  const person = (name: string, ...levels: string[]) => addPerson(server(), server().database, name, levels);
  const get = (api: ApiClient, query: Record<string, string>, family: 'v2024' | (typeof plainFamilies)[number]) =>
    api.get(`${pathIn(family, '/revocable-objects')}?${queryOf(query)}`);

  /** Adds a source with two accounts of an identity that hold an entitlement, and one that does not. */
  async function addHoldings(identityId: string) {
    const { api } = server();
    const source = await server().createSource();
    await api.loadAccounts(source.id, 'id,name,groups\na,Ann A,x\nb,Ann B,x\nc,Ann C,y\n');
    const list = `/v2025/accounts?${queryOf({ filters: `sourceId eq "${source.id}"`, sorters: 'id' })}`;
    const accounts: { id: string; name: string }[] = expectStatus(await api.get(list), 200);
    for (const { id } of accounts) {
      const body = [{ op: 'add', path: '/identityId', value: identityId }];
      expectStatus(await api.send('PATCH', `/v2025/accounts/${id}`, body), 202);
    }
    const count = async () => (await api.get(list)).body.filter((one: { identityId?: string }) => one.identityId);
    await expect.poll(count).toHaveLength(3);
    const entitlements = await server().entitlementsOf(source);
    const [x] = entitlements.filter(({ value }) => value === 'x');
    const holders = accounts.filter(({ name }) => name !== 'Ann C');
    return { source, entitlement: x as { id: string }, holders };
  }

  test.each(['v2024', ...plainFamilies] as const)(
    'of an identity, for administrators and itself: %s',
    async (family) => {
      const { api, id: identityId } = await person(`Ann ${family}`);
      const { source, entitlement, holders } = await addHoldings(identityId);
      const query = { identityId, entitlementId: entitlement.id };
      const found = expectStatus(await get(server().api, query, family), 200);
      const { id: sourceId, name: sourceName } = source;
      expect(found).toEqual({
        identityId,
        entitlement: {
          id: entitlement.id,
          name: 'x',
          created: expect.any(String),
          modified: expect.any(String),
          description: null,
          type: 'group',
          sourceId,
          sourceName,
          value: 'x',
          flags: [],
        },
        sourceId,
        accountTargets: holders.map(({ id: accountId, name: accountName }) => ({
          accountId,
          accountName,
          accountUUID: null,
          sourceId,
          sourceName,
          removeDate: null,
          assignmentId: null,
          revocable: true,
        })),
      });
      expect(expectStatus(await get(api, query, family), 200)).toEqual(found);
    },
  );

  test('shows the owner, the privilege, and what comes through a role or ends', async () => {
    const { id: identityId } = await person('Rob Role');
    const { entitlement, holders } = await addHoldings(identityId);
    const [first, second] = holders.map(({ id }) => id);
    const owner = { type: 'IDENTITY', id: server().identityId };
    const patch = [
      { op: 'replace', path: '/privileged', value: true },
      { op: 'replace', path: '/owner', value: owner },
    ];
    expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${entitlement.id}`, patch), 200);
    const database = await openDatabase({ url: server().database.url, readers: 0 });
    try {
      const until = Date.UTC(2030, 0, 1);
      const reason = { entitlementId: entitlement.id, since: 1, causeId: 'c' };
      await database.write((transaction) =>
        addReasons(transaction, [
          { ...reason, accountId: first ?? '', kind: 'ROLE', until: null },
          { ...reason, accountId: first ?? '', kind: 'REQUEST', until },
          { ...reason, accountId: second ?? '', kind: 'REQUEST', until },
        ]),
      );
    } finally {
      await database.close();
    }
    const query = { identityId, entitlementId: entitlement.id };
    expect(expectStatus(await get(server().api, query, 'v2025'), 200)).toMatchObject({
      entitlement: { flags: ['privileged'], owner: { ...owner, name: expect.any(String) } },
      accountTargets: [
        { accountId: first, revocable: false, removeDate: null },
        { accountId: second, revocable: true, removeDate: '2030-01-01T00:00:00.000Z' },
      ],
    });
  });

  test('what is wrong with a request is said', async () => {
    const { api, id } = await person('Una Able');
    const { entitlement } = await addHoldings((await person('Other One')).id);
    const entitlementId = entitlement.id;
    const admin = server().api;
    for (const [caller, query, status, reason] of [
      [admin, {}, 400, 'identityId'],
      [admin, { identityId: id }, 400, 'entitlementId'],
      [admin, { identityId: '', entitlementId }, 400, 'identityId'],
      [admin, { identityId: id, entitlementId }, 404, `No account of identity "${id}" holds entitlement`],
      [admin, { identityId: nobody, entitlementId }, 404, `No account of identity "${nobody}"`],
      [admin, { identityId: id, entitlementId: nobody }, 404, `holds entitlement "${nobody}"`],
      [admin, { identityId: 'a\0', entitlementId }, 404, 'No account of identity'],
      [api, { identityId: id, entitlementId }, 404, 'No account of identity'],
      [api, { identityId: nobody, entitlementId }, 403, 'only your own identity'],
    ] as const) {
      const answer = await get(caller, query, 'v2025');
      expect(refusal(answer), JSON.stringify(query)).toEqual([status, expect.stringContaining(reason)]);
    }
  });
});
