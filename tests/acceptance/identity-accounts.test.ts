import { AccountsBetaApi, AccountsV2024Api } from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import type { Answer, ApiClient } from '../support/api-client.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, expectStatus, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

const nobody = 'f'.repeat(32);

describeOwnServer('all accounts of identities', {}, (server) => {
  const person = (name: string, ...levels: string[]) => addPerson(server(), server().database, name, levels);
  const waitFor = async (taskIds: readonly string[]): Promise<Answer['body'][]> =>
    Promise.all(taskIds.map((id) => server().api.waitForTask(id)));
  const disabledOf = async (identityId: string): Promise<boolean[]> => {
    const query = queryOf({ filters: `identityId eq "${identityId}"`, sorters: 'id' });
    const accounts = expectStatus(await server().api.get(`/v2025/accounts?${query}`), 200);
    return accounts.map(({ disabled }: { disabled: boolean }) => disabled);
  };
  /** Loads accounts with these names into a source and gives them to an identity. */
  async function give(source: { id: string }, identityId: string, ...names: string[]): Promise<string[]> {
    const { api } = server();
    await api.loadAccounts(source.id, `id,name\n${names.map((name) => `${name},${name}\n`).join('')}`);
    const query = queryOf({ filters: `sourceId eq "${source.id}"`, sorters: 'nativeIdentity' });
    const ids = (await api.get(`/v2025/accounts?${query}`)).body.map(({ id }: { id: string }) => id);
    for (const id of ids) {
      const body = [{ op: 'add', path: '/identityId', value: identityId }];
      expectStatus(await api.send('PATCH', `/v2025/accounts/${id}`, body), 202);
    }
    await expect.poll(async () => (await disabledOf(identityId)).length).toBeGreaterThanOrEqual(ids.length);
    return ids;
  }
  const bulk = async (api: ApiClient, family: (typeof plainFamilies)[number] | 'beta', verb: string, ids: string[]) =>
    expectStatus(await api.send('POST', pathIn(family, `/identities-accounts/${verb}`), { identityIds: ids }), 207);
  const tasksIn = ({ message }: { message: string }): string[] => message.match(/[0-9a-f]{32}/g) ?? [];

  test.each(sdkFamilies)('by the SDK: %s', async (family) => {
    const configuration = configurationOf(server());
    const api = family === 'beta' ? new AccountsBetaApi(configuration) : new AccountsV2024Api(configuration);
    const { id } = await person(`Sam ${family}`);
    await give(await server().createSource(), id, 'sam');
    const disabled = await api.disableAccountForIdentity({ id, xSailPointExperimental: 'true' });
    expect(disabled.status).toBe(202);
    const { taskIds } = disabled.data as { taskIds: string[] };
    expect(await waitFor(taskIds)).toMatchObject([{ completionStatus: 'SUCCESS', attributes: { updated: 1 } }]);
    expect(await disabledOf(id)).toEqual([true]);
    const enabled = await api.enableAccountForIdentity({ id, xSailPointExperimental: 'true' });
    await waitFor((enabled.data as { taskIds: string[] }).taskIds);
    expect(await disabledOf(id)).toEqual([false]);
    const request = { identityIds: [id] };
    const bodies = { identitiesAccountsBulkRequestBeta: request, identitiesAccountsBulkRequestV2024: request };
    const options = { ...bodies, xSailPointExperimental: 'true' };
    const all = await api.disableAccountsForIdentities(options);
    expect([all.status, all.data]).toEqual([207, [{ id, statusCode: 202, message: expect.any(String) }]]);
    const again = await api.enableAccountsForIdentities(options);
    await waitFor(tasksIn(again.data[0] as { message: string }));
    expect(await disabledOf(id)).toEqual([false]);
  });

  test.each(plainFamilies)('by HTTP in %s: one task per source, also for several identities', async (family) => {
    const { api } = server();
    const [ann, bob, idle] = await Promise.all(['Ann', 'Bob', 'Idle'].map((name) => person(`${name} ${family}`)));
    const [first, second] = [await server().createSource(), await server().createSource()];
    await give(first, ann?.id ?? '', 'a1', 'a2');
    await give(second, ann?.id ?? '', 'b1');
    const third = await server().createSource();
    await give(third, bob?.id ?? '', 'c1');
    const ids = [ann, bob, idle].map((one) => one?.id ?? '');
    const outcomes = await bulk(api, family, 'disable', [...ids, nobody, 'a\0', ids[0] ?? '']);
    expect(outcomes).toEqual([
      { id: ids[0], statusCode: 202, message: expect.stringContaining('Accounts: 3. Tasks: ') },
      { id: ids[1], statusCode: 202, message: expect.stringContaining('Accounts: 1. Tasks: ') },
      { id: ids[2], statusCode: 202, message: 'The identity has no accounts that you can change.' },
      { id: nobody, statusCode: 404, message: `There is no identity with id "${nobody}".` },
      { id: 'a\0', statusCode: 404, message: expect.any(String) },
    ]);
    expect(
      outcomes
        .map(tasksIn)
        .map(({ length }: string[]) => length)
        .slice(0, 3),
    ).toEqual([2, 1, 0]);
    const tasks = await waitFor([...new Set<string>(outcomes.slice(0, 2).flatMap(tasksIn))]);
    expect(tasks.map(({ attributes }) => attributes.updated).toSorted()).toEqual([1, 1, 2]);
    expect(tasks[0]).toMatchObject({ messages: [{ key: 'source_not_written' }] });
    expect([await disabledOf(ids[0] ?? ''), await disabledOf(ids[1] ?? '')]).toEqual([[true, true, true], [true]]);
    const path = pathIn(family, `/identities-accounts/${ids[1]}`);
    const again = await waitFor(expectStatus(await api.send('POST', `${path}/disable`), 202).taskIds);
    expect(again).toMatchObject([{ attributes: { updated: 0 }, messages: [{ key: 'nothing_changed' }] }]);
    await waitFor(expectStatus(await api.send('POST', `${path}/enable`), 202).taskIds);
    expect([await disabledOf(ids[0] ?? ''), await disabledOf(ids[1] ?? '')]).toEqual([[true, true, true], [false]]);
    const none = pathIn(family, `/identities-accounts/${ids[2]}/enable`);
    expect(expectStatus(await api.send('POST', none), 202)).toEqual({ taskIds: [] });
  });

  test('the changes are recorded with the actor and the task', async () => {
    const { api } = server();
    const { id } = await person('Rec Order');
    const [account] = await give(await server().createSource(), id, 'r');
    const { taskIds } = expectStatus(await api.send('POST', `/v2025/identities-accounts/${id}/disable`), 202);
    await waitFor(taskIds);
    const query = queryOf({ filters: `objectId eq "${account}"`, limit: 1 });
    expect((await api.get(`/muniment/v1/changes?${query}`)).body).toMatchObject([
      { kind: 'updated', after: { disabled: true }, actor: { id: server().identityId }, taskId: taskIds[0] },
    ]);
  });

  test('what is wrong with a request is said', async () => {
    const { api } = server();
    for (const [path, body, status, reason] of [
      [`${nobody}/disable`, undefined, 404, 'There is no identity with id'],
      ['a%00b/enable', undefined, 404, 'There is no resource with id'],
      ['disable', {}, 400, 'identityIds'],
      ['disable', { identityIds: [] }, 400, 'identityIds'],
      ['enable', { identityIds: Array.from({ length: 251 }, () => nobody) }, 400, 'identityIds'],
      ['enable', { identityIds: [nobody], more: 1 }, 400, 'more'],
    ] as const) {
      const answer = await api.send('POST', `/v2025/identities-accounts/${path}`, body);
      expect(refusal(answer), path).toEqual([status, expect.stringContaining(reason)]);
    }
  });

  describe('in beta, a SOURCE_SUBADMIN', () => {
    test('changes only the accounts of the sources that it manages', async () => {
      const { api: own, id: owner } = await person('Sub Beta', 'SOURCE_SUBADMIN');
      const { id } = await person('Eve Both');
      const mine = await server().createSource({ owner: { id: owner } });
      const foreign = await server().createSource();
      const [ofMine] = await give(mine, id, 'm');
      const [ofForeign] = await give(foreign, id, 'f');
      const path = `/beta/identities-accounts/${id}`;
      const { taskIds } = expectStatus(await own.send('POST', `${path}/disable`), 202);
      expect(await waitFor(taskIds)).toMatchObject([{ attributes: { applications: mine.name, updated: 1 } }]);
      const isDisabled = async (account: string | undefined) =>
        (await server().api.get(`/v2025/accounts/${account}`)).body.disabled;
      expect([await isDisabled(ofMine), await isDisabled(ofForeign)]).toEqual([true, false]);
      const [outcome] = await bulk(own, 'beta', 'enable', [id]);
      expect(outcome.message).toContain('Accounts: 1.');
      await waitFor(tasksIn(outcome));
      expect(await isDisabled(ofMine)).toBe(false);
      const [other] = await bulk((await person('Sub Idle', 'SOURCE_SUBADMIN')).api, 'beta', 'disable', [id]);
      expect(other).toMatchObject({ statusCode: 202, message: 'The identity has no accounts that you can change.' });
      expect((await own.send('POST', `/v2025/identities-accounts/${id}/disable`)).status).toBe(403);
    });
  });
});
