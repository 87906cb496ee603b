import { randomBytes } from 'node:crypto';
import { SourcesBetaApi, SourcesV2024Api } from 'sailpoint-api-client';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, form, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

describeServer('manual correlation', (server) => {
  const suffix = randomBytes(5).toString('hex');
  const [ann, bob] = [`ann.${suffix}x`, `bob.${suffix}x`];
  let people: Answer['body'];
  const idOf = async (alias: string): Promise<string> =>
    (await server().api.get(`/v2025/identities?${queryOf({ filters: `alias eq "${alias}"` })}`)).body[0].id;
  const accountsOf = async (source: { id: string }): Promise<Answer['body'][]> => {
    const query = queryOf({ filters: `sourceId eq "${source.id}"`, sorters: 'nativeIdentity' });
    return expectStatus(await server().api.get(`/v2025/accounts?${query}`), 200);
  };
  const identitiesOf = async (source: { id: string }): Promise<unknown[]> =>
    (await accountsOf(source)).map(({ nativeIdentity, identityId, manuallyCorrelated }) => [
      nativeIdentity,
      identityId ?? null,
      manuallyCorrelated,
    ]);
  const load = async (source: { id: string }, csv: string): Promise<Answer['body']> => {
    const answer = await server().api.send('POST', `/v2025/sources/${source.id}/load-accounts`, form(['file', csv]));
    return server().api.waitForTask(expectStatus(answer, 202).task.id);
  };

  beforeAll(async () => {
    people = await server().createSource({ authoritative: true });
    await load(people, `id,name\n${ann},Ann\n${bob},Bob\n`);
  });

  describe.each(plainFamilies)('in %s', (family) => {
    test('importUncorrelatedAccounts gives accounts to the identities in the file, for good', async () => {
      const source = await server().createSource();
      const accounts = 'id,name\none,One\ntwo,Two\nthree,Three\nfour,Four\n';
      await load(source, accounts);
      const path = pathIn(family, `/sources/${source.id}/load-uncorrelated-accounts`);
      const file = [
        'account,displayName,userName,type',
        `one,One,${ann.toUpperCase()},`,
        `two,Two,${bob},`,
        'three,Three,,',
        `five,Five,${ann},`,
        `four,Four,nobody.${suffix},`,
        `one,One,${bob},`,
      ].join('\n');
      const answer = expectStatus(await server().api.send('POST', path, form(['file', file])), 202);
      expect(answer).toMatchObject({
        success: true,
        task: { type: 'QUARTZ', name: 'Cloud Process Uncorrelated Accounts', completionStatus: null, attributes: {} },
      });
      const task = await server().api.waitForTask(answer.task.id);
      expect(task).toMatchObject({
        completionStatus: 'WARNING',
        attributes: { applications: source.name, total: 6, correlated: 2, uncorrelated: 4 },
      });
      expect(task.messages.map(({ localizedText }: Answer['body']) => localizedText.message)).toEqual([
        'Line 5: the source has no account "five"',
        `Line 6: there is no identity with the alias "nobody.${suffix}", or there are several`,
        `Line 7: account "one" belongs to another identity, ${await idOf(ann)}`,
      ]);
      const outcome = [
        ['four', null, false],
        ['one', await idOf(ann), true],
        ['three', null, false],
        ['two', await idOf(bob), true],
      ];
      expect(await identitiesOf(source)).toEqual(outcome);
      const filters = `type eq "CLOUD_PROCESS_UNCORRELATED_ACCOUNTS" and sourceId eq "${source.id}"`;
      const tasks = await server().api.get(`${pathIn(family, '/task-status')}?${queryOf({ filters })}`);
      expect(expectStatus(tasks, 200)).toMatchObject([{ id: task.id }]);

      // Neither the same file nor an aggregation of all accounts changes that.
      const versions = async () => (await accountsOf(source)).map(({ id, modified }) => [id, modified]);
      const before = await versions();
      const again = expectStatus(await server().api.send('POST', path, form(['file', file])), 202);
      expect(await server().api.waitForTask(again.task.id)).toMatchObject({ attributes: { correlated: 2 } });
      expect(await versions()).toEqual(before);
      const parts = form(['file', accounts], ['disableOptimization', 'true']);
      const loaded = await server().api.send('POST', `/v2025/sources/${source.id}/load-accounts`, parts);
      await server().api.waitForTask(expectStatus(loaded, 202).task.id);
      expect(await identitiesOf(source)).toEqual(outcome);
    });

    test('importUncorrelatedAccounts rejects files that it cannot use', async () => {
      const source = await server().createSource();
      const post = async (id: string, body?: FormData) =>
        refusal(await server().api.send('POST', pathIn(family, `/sources/${id}/load-uncorrelated-accounts`), body));
      expect(await post(source.id)).toEqual([400, expect.stringContaining('There is no file.')]);
      for (const header of ['account,displayName', 'userName', 'account,userName,owner']) {
        expect(await post(source.id, form(['file', `${header}\n`]))).toEqual([
          400,
          expect.stringContaining('It must have the columns account (a native identity) and userName'),
        ]);
      }
      const file = form(['file', 'account,userName\n']);
      expect(await post(people.id, file)).toEqual([400, expect.stringContaining('is authoritative')]);
      expect((await post('none', form(['file', 'account,userName\n'])))[0]).toBe(404);
    });
  });

  test('the change of an account is recorded', async () => {
    const source = await server().createSource();
    await load(source, 'id,name\none,One\n');
    const path = `/v2025/sources/${source.id}/load-uncorrelated-accounts`;
    const answer = await server().api.send('POST', path, form(['file', `account,userName\none,${ann}\n`]));
    const { id } = expectStatus(answer, 202).task;
    expect(await server().api.waitForTask(id)).toMatchObject({ completionStatus: 'SUCCESS', messages: [] });
    const [account] = await accountsOf(source);
    const query = queryOf({ filters: `objectId eq "${account.id}"`, sorters: '-time' });
    expect((await server().api.get(`/muniment/v1/changes?${query}`)).body[0]).toMatchObject({
      kind: 'updated',
      before: { identityId: null, manuallyCorrelated: false },
      after: { identityId: await idOf(ann), manuallyCorrelated: true },
      taskId: id,
    });
  });

  test.each(sdkFamilies)('importUncorrelatedAccounts by the SDK %s', async (family) => {
    const source = await server().createSource();
    await load(source, 'id,name\none,One\n');
    const file = new File([`account,userName\none,${bob}\n`], 'correlation.csv');
    const { status, data } = await (family === 'beta'
      ? new SourcesBetaApi(configurationOf(server())).importUncorrelatedAccounts({ sourceId: source.id, file })
      : new SourcesV2024Api(configurationOf(server())).importUncorrelatedAccounts({ id: source.id, file }));
    expect([status, data.success]).toEqual([202, true]);
    await server().api.waitForTask(data.task?.id ?? '');
    expect(await identitiesOf(source)).toEqual([['one', await idOf(bob), true]]);
  });
});
