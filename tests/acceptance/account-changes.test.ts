import { AccountsBetaApi, AccountsV2024Api } from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { addPerson } from '../support/persons.ts';
import {
  describeOwnServer,
  describeServer,
  expectStatus,
  pathIn,
  plainFamilies,
  queryOf,
  refusal,
} from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

const nobody = 'f'.repeat(32);

describeServer('changes of accounts', (server) => {
  const ended = async (id: string, status = 'SUCCESS'): Promise<Answer['body']> => {
    const task = await server().api.waitForTask(id);
    expect(task.completionStatus, JSON.stringify(task)).toBe(status);
    return task;
  };
  const accountsOf = async (source: { id: string }): Promise<Answer['body'][]> => {
    const query = queryOf({ filters: `sourceId eq "${source.id}"`, sorters: 'nativeIdentity' });
    return expectStatus(await server().api.get(`/v2025/accounts?${query}`), 200);
  };
  const valuesOf = async (source: { id: string }): Promise<string[]> =>
    (await server().entitlementsOf(source)).map(({ value }) => value);
  const create = async (source: { id: string }, attributes: object): Promise<Answer['body']> => {
    const body = { attributes: { ...attributes, sourceId: source.id } };
    return ended(expectStatus(await server().api.send('POST', '/v2025/accounts', body), 202).id);
  };
  /** PATCH does not answer with its task: the newest of the source. */
  const patch = async (account: { id: string; sourceId: string }, operations: object[]): Promise<Answer['body']> => {
    expect(expectStatus(await server().api.send('PATCH', `/v2025/accounts/${account.id}`, operations), 202)).toEqual(
      {},
    );
    const query = queryOf({ filters: `sourceId eq "${account.sourceId}"`, limit: 1 });
    const [task] = (await server().api.get(`/v2025/task-status?${query}`)).body;
    return ended(task.id);
  };

  describe.each(sdkFamilies)('by the SDK: %s', (family) => {
    test('createAccount, putAccount, updateAccount, states and deletions', async () => {
      const configuration = configurationOf(server());
      const api = family === 'beta' ? new AccountsBetaApi(configuration) : new AccountsV2024Api(configuration);
      const source = await server().createSource();
      const attributes = { sourceId: source.id, id: 'bob', name: 'Bob', groups: ['x'] } as never;
      const created = await api.createAccount({
        accountAttributesCreateBeta: { attributes },
        accountAttributesCreateV2024: { attributes },
      });
      expect(created.status).toBe(202);
      const task = await ended(created.data.id);
      expect(task).toMatchObject({
        uniqueName: 'Account Creation',
        attributes: { applications: source.name, nativeIdentity: 'bob', created: 1, managedAttributesCreated: 1 },
        messages: [{ type: 'INFO', key: 'source_not_written' }],
      });
      const id = task.attributes.accountId as string;
      const body = { attributes: { name: 'Robert', groups: ['x', 'y'] } };
      const put = await api.putAccount({ id, accountAttributesBeta: body, accountAttributesV2024: body });
      expect(put.status).toBe(202);
      await ended(put.data.id);
      const patched = await api.updateAccount({
        id,
        requestBody: [{ op: 'replace', path: '/attributes/name', value: 'Rob' }],
      });
      expect([patched.status, patched.data]).toEqual([202, {}]);
      const none = { accountToggleRequestBeta: {}, accountToggleRequestV2024: {} };
      await ended((await api.disableAccount({ id, ...none })).data.id);
      expect((await api.getAccount({ id })).data).toMatchObject({ name: 'Rob', disabled: true, origin: 'PROVISIONED' });
      await ended((await api.enableAccount({ id, ...none })).data.id);
      const unlock = { accountUnlockRequestBeta: {}, accountUnlockRequestV2024: {} };
      await ended((await api.unlockAccount({ id, ...unlock })).data.id);
      expect((await api.getAccount({ id })).data.disabled).toBe(false);
      const reload = await ended((await api.submitReloadAccount({ id })).data.id, 'WARNING');
      expect(reload.messages).toMatchObject([{ type: 'WARN', key: 'account_not_read' }]);
      const deleted = await api.deleteAccount({ id });
      expect(deleted.status).toBe(202);
      expect((await ended(deleted.data.id)).attributes).toMatchObject({ deleted: 1, groupsDeleted: 2 });
      await create(source, { id: 'bob' });
      const removed = await api.deleteAccountAsync({ id, xSailPointExperimental: 'true' });
      expect(removed).toMatchObject({ status: 202, data: { type: 'TASK_RESULT', name: 'Account Deletion' } });
      await ended(removed.data.id ?? '');
      expect(await accountsOf(source)).toEqual([]);
    });
  });

  test.each(['v3', ...plainFamilies] as const)('by HTTP in %s', async (family) => {
    const source = await server().createSource();
    const send = async (method: string, path: string, body?: object): Promise<Answer['body']> => {
      const answer = expectStatus(await server().api.send(method, pathIn(family, path), body), 202);
      return answer.id === undefined ? answer : ended(answer.id);
    };
    // createAccount
    const attributes = { sourceId: source.id, id: 'ann', name: 'Ann', groups: 'x' };
    const { accountId } = (await send('POST', '/accounts', { attributes })).attributes;
    const path = `/accounts/${accountId}`;
    const read = async (): Promise<Answer['body']> => (await server().api.get(pathIn(family, path))).body;
    expect(await read()).toMatchObject({
      nativeIdentity: 'ann',
      attributes: { id: 'ann', name: 'Ann', groups: ['x'] },
    });
    // putAccount
    await send('PUT', path, { attributes: { id: 'ann', location: 'Bern' } });
    expect(await read()).toMatchObject({
      name: 'ann',
      attributes: { id: 'ann', location: 'Bern' },
      hasEntitlements: false,
    });
    // updateAccount
    expect(await send('PATCH', path, [{ op: 'replace', path: '/attributes/location', value: 'Basel' }])).toEqual({});
    // disableAccount, enableAccount, unlockAccount, submitReloadAccount
    const disabled = await send('POST', `${path}/disable`, { externalVerificationId: 'x-1', forceProvisioning: false });
    expect(disabled.attributes).toMatchObject({ externalVerificationId: 'x-1', updated: 1 });
    expect(await read()).toMatchObject({ disabled: true, attributes: { location: 'Basel' } });
    await send('POST', `${path}/enable`, {});
    const again = await send('POST', `${path}/unlock`);
    expect(again.messages).toMatchObject([{ type: 'INFO', key: 'nothing_changed' }]);
    const reload = await server().api.send('POST', pathIn(family, `${path}/reload`));
    await ended(expectStatus(reload, 202).id, 'WARNING');
    // deleteAccount, deleteAccountAsync
    await send('DELETE', path);
    expect((await server().api.get(pathIn(family, path))).status).toBe(404);
    if (family !== 'v3') {
      await create(source, { id: 'ann' });
      const { id } = await send('POST', `${path}/remove`);
      expect(id).toBeDefined();
      expect(await accountsOf(source)).toEqual([]);
    }
  });

  test('entitlements follow the attributes, and loads decide only about changed rows', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    const header = 'id,name,givenName,familyName,e-mail,location,manager,groups';
    const file = `${header}\nann,Ann,,,,Bern,,x\nbob,Bob,,,,Bern,,x\n`;
    await server().api.loadAccounts(source.id, file);
    const [ann, bob] = await accountsOf(source);
    await ended(
      (await server().api.send('PUT', `/v2025/accounts/${ann.id}`, { attributes: { name: 'Anna', groups: ['y'] } }))
        .body.id,
    );
    await create(source, { id: 'cid', groups: ['z'] });
    expect(await valuesOf(source)).toEqual(['x', 'y', 'z']);
    // The same file: Ann stays as changed, and Cid is not in it.
    await server().api.loadAccounts(source.id, file);
    expect((await accountsOf(source)).map(({ name }) => name)).toEqual(['Anna', 'Bob']);
    expect(await valuesOf(source)).toEqual(['x', 'y']);
    // Her row has changed.
    await server().api.loadAccounts(source.id, file.replace('Ann,,,,Bern', 'Ann,,,,Basel'));
    expect((await accountsOf(source))[0]).toMatchObject({ name: 'Ann', attributes: { location: 'Basel' } });
    expect(await valuesOf(source)).toEqual(['x']);
    // A deleted account returns with its id.
    await ended((await server().api.send('DELETE', `/v2025/accounts/${bob.id}`)).body.id);
    expect(await accountsOf(source)).toHaveLength(1);
    await create(source, { id: 'bob' });
    expect((await accountsOf(source))[1].id).toBe(bob.id);
    const query = queryOf({ filters: `objectId eq "${bob.id}"`, limit: 2 });
    expect((await server().api.get(`/muniment/v1/changes?${query}`)).body).toMatchObject([
      { kind: 'restored', actor: { id: server().identityId } },
      { kind: 'deleted', actor: { id: server().identityId } },
    ]);
  });

  test('what is wrong with a request is said', async () => {
    const source = await server().createSource();
    await create(source, { id: 'ann', name: 'Ann' });
    const [ann] = await accountsOf(source);
    const one = `/accounts/${ann.id}`;
    const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];
    for (const [method, path, body, status, reason] of [
      ['POST', '/accounts', { attributes: { id: 'x' } }, 400, 'sourceId'],
      ['POST', '/accounts', { attributes: { sourceId: nobody, id: 'x' } }, 400, 'Referenced source'],
      ['POST', '/accounts', { attributes: { sourceId: source.id } }, 400, 'Field "attributes.id" is required'],
      [
        'POST',
        '/accounts',
        { attributes: { sourceId: source.id, id: 'x', nope: 1 } },
        400,
        'not in the account schema',
      ],
      ['PUT', one, { attributes: { name: ['a', 'b'] } }, 400, 'Field "attributes.name" is ["a","b"].'],
      ['PUT', one, { attributes: { id: 'bob' } }, 400, 'It is the key of the account, "ann", and cannot be changed.'],
      ['PATCH', one, replace('/name', 'x'), 400, 'Patchable are /identityId, /manuallyCorrelated, /attributes.'],
      ['PATCH', one, replace('/identityId', nobody), 400, 'Referenced identity'],
      ['PATCH', one, replace('/identityId', 7), 400, 'Field "identityId" is 7.'],
      ['PATCH', one, replace('/manuallyCorrelated', 'yes'), 400, 'Field "manuallyCorrelated" is "yes".'],
      ['POST', `${one}/enable`, { forceProvisioning: true }, 400, 'Field "forceProvisioning" is true'],
      ['POST', `${one}/unlock`, { unlockIDNAccount: true }, 400, 'Field "unlockIDNAccount" is true'],
      ...['enable', 'disable', 'unlock', 'reload', 'remove'].map(
        (verb) => ['POST', `/accounts/${nobody}/${verb}`, undefined, 404, 'There is no account with id'] as const,
      ),
      ['DELETE', `/accounts/${nobody}`, undefined, 404, 'There is no account with id'],
    ] as const) {
      const answer = await server().api.send(method, `/v2025${path}`, body);
      expect(refusal(answer), `${method} ${path}`).toEqual([status, expect.stringContaining(reason)]);
    }
    const stale = await server().api.send('DELETE', `/v2025${one}`, undefined, { 'if-match': '"9"' });
    expect(stale.status).toBe(412);
    expect((await accountsOf(source))[0]).toEqual(ann);
  });

  test('an identity set by a patch is kept by loads until it is no longer manual', async () => {
    const source = await server().createSource();
    const file = 'id,name,groups\nann,Ann,x\n';
    await server().api.loadAccounts(source.id, file);
    const [ann] = await accountsOf(source);
    expect(ann.uncorrelated).toBe(true);
    const identityId = server().identityId;
    await patch(ann, [{ op: 'add', path: '/identityId', value: identityId }]);
    expect((await accountsOf(source))[0]).toMatchObject({ identityId, manuallyCorrelated: true });
    await server().api.loadAccounts(source.id, file, { disableOptimization: 'true' });
    expect((await accountsOf(source))[0]).toMatchObject({ identityId, manuallyCorrelated: true });
    await patch(ann, [{ op: 'replace', path: '/manuallyCorrelated', value: false }]);
    expect((await accountsOf(source))[0]).toMatchObject({ uncorrelated: true, manuallyCorrelated: false });
    await patch(ann, [{ op: 'remove', path: '/identityId' }]);
    expect((await accountsOf(source))[0]).toMatchObject({ uncorrelated: true, manuallyCorrelated: false });
  });
});

describeOwnServer('manual correlation', {}, (server) => {
  test('ends with the identity, which is recorded', async () => {
    const { api } = server();
    const { id: identityId } = await addPerson(server(), server().database, 'Short Lived', []);
    const source = await server().createSource();
    await api.loadAccounts(source.id, 'id,name,groups\nann,Ann,x\n');
    const list = `/v2025/accounts?${queryOf({ filters: `sourceId eq "${source.id}"` })}`;
    const [ann] = (await api.get(list)).body;
    await api.send('PATCH', `/v2025/accounts/${ann.id}`, [{ op: 'add', path: '/identityId', value: identityId }]);
    await expect.poll(async () => (await api.get(list)).body[0].identityId).toBe(identityId);
    expectStatus(await api.send('DELETE', `/v2025/identities/${identityId}`), 204);
    expect((await api.get(list)).body[0]).toMatchObject({ uncorrelated: true, manuallyCorrelated: false });
    const query = queryOf({ filters: `objectId eq "${ann.id}"`, limit: 2 });
    const changes = (await api.get(`/muniment/v1/changes?${query}`)).body.map(({ after }: Answer['body']) => after);
    expect(changes).toEqual([{ identityId: null }, { manuallyCorrelated: false }]);
  });
});
