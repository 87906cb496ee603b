import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import {
  describeServer,
  expectStatus,
  form,
  pathIn,
  plainFamilies,
  queryOf,
  type ServerUnderTest,
} from './acceptance.ts';

/** Loads accounts and waits for their task. */
async function loadAccounts(server: ServerUnderTest, source: { id: string }, rows: readonly string[]): Promise<void> {
  const file = ['id,name,givenName,familyName,e-mail,location,manager', ...rows].join('\n');
  const answer = await server.api.send(
    'POST',
    `/v2025/sources/${source.id}/load-accounts`,
    form(['file', `${file}\n`]),
  );
  const task = await server.api.waitForTask(expectStatus(answer, 202).task.id);
  expect(task).toMatchObject({ completionStatus: 'SUCCESS' });
}

/** Returns a unique name that ends in a letter. */
function unique(name: string): string {
  return `${name}.${randomBytes(5).toString('hex')}x`;
}

describeServer('identities', (server) => {
  const get = async (path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer['body']> =>
    expectStatus(await server().api.get(`${path}?${queryOf(query)}`), 200);
  const identityOf = async (alias: string): Promise<Answer['body']> =>
    (await get('/v2025/identities', { filters: `alias eq "${alias}"`, defaultFilter: 'NONE' }))[0];
  const holders = async (source: { id: string }): Promise<Record<string, string | undefined>> => {
    const accounts = await get('/v2025/accounts', { filters: `sourceId eq "${source.id}"`, sorters: 'nativeIdentity' });
    return Object.fromEntries(
      accounts.map(({ nativeIdentity, identityId }: { nativeIdentity: string; identityId?: string | null }) => [
        nativeIdentity,
        identityId ?? undefined,
      ]),
    );
  };
  const correlate = async (source: { id: string }, property: string, value: string): Promise<void> => {
    const body = { attributeAssignments: [{ property, value, operation: 'EQ' }] };
    expectStatus(await server().api.send('PUT', `/v2025/sources/${source.id}/correlation-config`, body), 200);
  };

  describe.each([
    ['people', 'people', 'directory'],
    ['the directory', 'directory', 'people'],
  ] as const)('with %s loaded first', (_title, ...order) => {
    test('accounts are correlated, and managers resolved', async () => {
      const [ann, bob] = [unique('ann'), unique('bob')];
      const people = await server().createSource({ authoritative: true });
      const directory = await server().createSource();
      await correlate(directory, 'email', 'e-mail');
      for (const which of order) {
        await (which === 'people'
          ? loadAccounts(server(), people, [
              `${ann},Ann Berg,Ann,Berg,${ann}@x.example,Bern,${bob.toUpperCase()}`,
              `${bob},Bob Carr,Bob,Carr,${bob}@x.example,Bern,`,
            ])
          : loadAccounts(server(), directory, [
              `one,One,,,${ann.toUpperCase()}@x.example,,`,
              `two,Two,,,${unique('nobody')}@x.example,,`,
            ]));
      }
      const found = await identityOf(ann);
      expect(found).toMatchObject({
        name: 'Ann Berg',
        emailAddress: `${ann}@x.example`,
        identityStatus: 'ACTIVE',
        managerRef: { type: 'IDENTITY', name: 'Bob Carr' },
        isManager: false,
        attributes: { location: 'Bern', firstname: 'Ann', lastname: 'Berg' },
      });
      expect(await holders(directory)).toEqual({ one: found.id, two: undefined });
      expect(Object.values(await holders(people))).toContain(found.id);

      // Identities that are missing from the file are kept, but only listed on request.
      const filler = Array.from({ length: 30 }, (_unused, index) => `${unique(`p${index}`)},P,,,,,`);
      await loadAccounts(server(), people, [
        `${ann},Ann Berg,Ann,Berg,${ann}@x.example,Bern,${bob}`,
        `${bob},Bob Carr,,,,,`,
        ...filler,
      ]);
      await loadAccounts(server(), people, [`${ann},Ann Berg,Ann,Berg,${ann}@x.example,Bern,${bob}`, ...filler]);
      expect(await get('/v2025/identities', { filters: `alias eq "${bob}"` })).toEqual([]);
      expect(await identityOf(bob)).toMatchObject({ identityStatus: 'DEACTIVATED', isManager: true });
    });
  });

  test.each(plainFamilies)('listIdentities, getIdentity and getPublicIdentities in %s', async (family) => {
    const alias = unique('dora');
    await loadAccounts(server(), await server().createSource({ authoritative: true }), [
      `${alias},Dora Egli,Dora,Egli,${alias}@x.example,Bern,`,
    ]);
    const [listed] = await get(pathIn(family, '/identities'), { filters: `alias eq "${alias}"`, count: 'true' });
    expect(await get(pathIn(family, `/identities/${listed.id}`))).toEqual(listed);
    expect(await get(pathIn(family, '/public-identities'), { filters: `id eq "${listed.id}"` })).toEqual([
      {
        id: listed.id,
        name: 'Dora Egli',
        alias,
        email: `${alias}@x.example`,
        status: 'ACTIVE',
        identityState: 'ACTIVE',
        attributes: [],
      },
    ]);
  });

  test.each(plainFamilies)('getCorrelationConfig and putCorrelationConfig in %s', async (family) => {
    const source = await server().createSource();
    const path = pathIn(family, `/sources/${source.id}/correlation-config`);
    expect(await get(path)).toEqual({ attributeAssignments: [] });
    const assignment = { property: 'alias', value: 'id', operation: 'EQ', complex: false, ignoreCase: true };
    const put = expectStatus(
      await server().api.send('PUT', path, { name: 'By id', attributeAssignments: [assignment] }),
      200,
    );
    expect(put).toEqual({ id: expect.any(String), name: 'By id', attributeAssignments: [assignment] });
    expect(await get(path)).toEqual(put);
  });

  test.each(plainFamilies)('deleteIdentity in %s leaves accounts without a person', async (family) => {
    const alias = unique('fay');
    const people = await server().createSource({ authoritative: true });
    const directory = await server().createSource();
    await correlate(directory, 'alias', 'name');
    await loadAccounts(server(), people, [`${alias},Fay Gut,,,,,`]);
    await loadAccounts(server(), directory, [`one,${alias},,,,,`]);
    const { id } = await identityOf(alias);
    expect(await holders(directory)).toEqual({ one: id });
    const path = pathIn(family, `/identities/${id}`);
    expect((await server().api.send('DELETE', path)).status).toBe(204);
    expect((await server().api.send('DELETE', path)).status).toBe(404);
    expect(await holders(directory)).toEqual({ one: undefined });
    expect(await holders(people)).toEqual({ [alias]: undefined });
  });

  test.each(plainFamilies)(
    'getIdentityOwnershipDetails, getRoleAssignments, getRoleAssignment, startIdentityProcessing, resetIdentity in %s',
    async (family) => {
      const eve = unique('eve');
      await loadAccounts(server(), await server().createSource({ authoritative: true }), [`${eve},Eve,,,,,`]);
      const { id } = await identityOf(eve);
      const path = pathIn(family, '/identities');
      expect(await get(`${path}/${id}/ownership`)).toEqual({ associationDetails: [] });
      expect(await get(`${path}/${id}/role-assignments`)).toEqual([]);
      expectStatus(await server().api.get(`${path}/${id}/role-assignments/x`), 404);
      const { id: task } = expectStatus(await server().api.send('POST', `${path}/process`, { identityIds: [id] }), 202);
      expect(await server().api.waitForTask(task)).toMatchObject({ completionStatus: 'SUCCESS' });
      expectStatus(await server().api.send('POST', `${path}/${id}/reset`), 202);
    },
  );

  test('getIdentityMapping and putIdentityMapping', async () => {
    const [number, login] = [unique('n'), unique('gus')];
    const people = await server().createSource({ authoritative: true });
    const path = `/muniment/v1/sources/${people.id}/identity-mapping`;
    expect((await get(path)).attributes.name).toEqual(['displayName']);
    await loadAccounts(server(), people, [`${number},Gus Hall,,,,${login},`]);
    expect((await identityOf(number)).name).toBe('Gus Hall');
    const mapping = { attributes: { alias: ['location'] }, lifecycleStates: {} };
    expectStatus(await server().api.send('PUT', path, mapping), 200);
    expect((await identityOf(login)).name).toBe('Gus Hall');
    expect(await identityOf(number)).toBeUndefined();
  });
});
