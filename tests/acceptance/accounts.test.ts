import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, plainFamilies, queryOf } from './acceptance.ts';

const header = 'id,name,givenName,familyName,e-mail,location,manager,groups';

/** Returns an account file with one row per group, as in real exports. */
function fileOf(people: Readonly<Record<string, readonly string[]>>): string {
  const rows = Object.entries(people).flatMap(([id, groups]) =>
    (groups.length === 0 ? [''] : groups).map(
      (group) => `${id},Name of ${id},Given,Family,${id}@example.com,,,${group}`,
    ),
  );
  return `${[header, ...rows].join('\n')}\n`;
}

describeServer('accounts', (server) => {
  const accountsOf = async (source: { id: string }, more: Record<string, string> = {}): Promise<Answer['body'][]> => {
    const query = queryOf({ filters: `sourceId eq "${source.id}"`, sorters: 'nativeIdentity', ...more });
    return expectStatus(await server().api.get(`/v2025/accounts?${query}`), 200);
  };
  const valuesOf = (entitlements: readonly Answer['body'][]): string[] =>
    entitlements.map(({ value }) => value).toSorted();

  describe.each(plainFamilies)('%s', (family) => {
    test('importAccounts, listAccounts, getAccount and getAccountEntitlements', async () => {
      const source = await server().createSource();
      await server().load(source, 'id,name\nadmins,Administrators\n');
      const form = new FormData();
      form.append('file', new Blob([fileOf({ bob: ['admins', 'new'], ann: [] })]), 'accounts.csv');
      const url = pathIn(family, `/sources/${source.id}/load-accounts`);
      const { success, task } = expectStatus(await server().api.send('POST', url, form), 202);
      expect(success).toBe(true);
      expect(task).toMatchObject({
        name: 'Cloud Account Aggregation',
        attributes: { appId: source.id, optimizedAggregation: 'enabled' },
        completed: null,
      });
      expect(task.returns).toHaveLength(28);
      const done = await server().api.waitForTask(task.id);
      expect(done).toMatchObject({
        completionStatus: 'SUCCESS',
        uniqueName: 'Cloud Account Aggregation',
        attributes: { total: 2, created: 2, managedAttributesCreated: 1, applications: source.name, appId: source.id },
      });
      expect(done.returns).toContainEqual({
        name: 'TASK_OUT_ACCOUNT_AGGREGATION_MANAGED_ATTRIBUTES_PROMOTED',
        attributeName: 'managedAttributesCreated',
      });

      const list = pathIn(family, '/accounts');
      const query = queryOf({ filters: `sourceId eq "${source.id}"`, sorters: '-name', count: 'true' });
      const answer = await server().api.get(`${list}?${query}`);
      expect(answer.headers.get('x-total-count')).toBe('2');
      const [bob, ann] = expectStatus(answer, 200);
      expect(bob).toMatchObject({
        name: 'Name of bob',
        nativeIdentity: 'bob',
        sourceId: source.id,
        sourceName: source.name,
        attributes: { id: 'bob', 'e-mail': 'bob@example.com', groups: ['admins', 'new'] },
        authoritative: false,
        disabled: false,
        locked: false,
        systemAccount: false,
        uncorrelated: true,
        manuallyCorrelated: false,
        hasEntitlements: true,
        origin: 'AGGREGATED',
        sourceOwner: { type: 'IDENTITY', id: server().identityId },
      });
      expect(ann).toMatchObject({ nativeIdentity: 'ann', hasEntitlements: false });

      const one = await server().api.get(pathIn(family, `/accounts/${bob.id}`));
      expect([one.body, one.headers.get('etag')]).toEqual([bob, '"1"']);
      const held = await server().api.get(`${pathIn(family, `/accounts/${bob.id}/entitlements`)}?count=true`);
      expect(held.headers.get('x-total-count')).toBe('2');
      expect(valuesOf(held.body)).toEqual(['admins', 'new']);
      expect(held.body[0]).toMatchObject({ attribute: 'groups', privileged: false, sourceSchemaObjectType: 'group' });
      const unknown = await server().api.get(pathIn(family, `/accounts/${'f'.repeat(32)}/entitlements`));
      expect(unknown.status).toBe(404);
    });
  });

  test('detailLevel SLIM omits related objects', async () => {
    const source = await server().createSource();
    await server().api.loadAccounts(source.id, fileOf({ bob: [] }));
    const [full] = await accountsOf(source);
    const [slim] = await accountsOf(source, { detailLevel: 'SLIM' });
    const { sourceOwner: _owner, features: _features, origin: _origin, ...rest } = full;
    expect(slim).toEqual(rest);
    const wrong = await server().api.get('/v2025/accounts?detailLevel=SHORT');
    expect(wrong.status).toBe(400);
  });

  test.each(['v2026', 'v1'] as const)('listEntitlementsByAccount in %s', async (family) => {
    const source = await server().createSource();
    await server().api.loadAccounts(source.id, fileOf({ bob: ['a', 'b', 'c'] }));
    const [bob] = await accountsOf(source);
    const url = pathIn(family, `/entitlements/account/${bob.id}/entitlements`);
    const first = await server().api.get(`${url}?limit=2&sorters=value,id`);
    expect(valuesOf(expectStatus(first, 200))).toEqual(['a', 'b']);
    expect(first.body[0]).toMatchObject({ privilegeLevel: { direct: 'NONE' }, tags: [] });
    expect([first.headers.get('total-count'), first.headers.get('x-total-count')]).toEqual(['3', null]);
    const last = first.body[1];
    const next = await server().api.get(`${url}?sorters=value,id&searchAfter=${last.value},${last.id}&count=true`);
    expect(valuesOf(expectStatus(next, 200))).toEqual(['c']);
    expect([next.headers.get('total-count'), next.headers.get('x-total-count')]).toEqual(['3', '3']);
    expect(
      (await server().api.get(pathIn(family, `/entitlements/account/${'f'.repeat(32)}/entitlements`))).status,
    ).toBe(404);
  });

  test('account-id of listEntitlements, not with filters and not in newer families', async () => {
    const source = await server().createSource();
    await server().api.loadAccounts(source.id, fileOf({ bob: ['a', 'b'], ann: ['b'] }));
    const [ann] = await accountsOf(source);
    const query = queryOf({ 'account-id': ann.id });
    expect(valuesOf(expectStatus(await server().api.get(`/v2025/entitlements?${query}`), 200))).toEqual(['b']);
    const both = queryOf({ 'account-id': ann.id, filters: 'name eq "b"' });
    expect((await server().api.get(`/v2025/entitlements?${both}`)).body.messages[0].text).toMatch(
      /account-id.*filters/,
    );
    expect((await server().api.get(`/v2026/entitlements?${query}`)).status).toBe(400);
    const unknown = await server().api.get(`/v2025/entitlements?account-id=${'f'.repeat(32)}`);
    expect([unknown.status, unknown.body.detailCode]).toEqual([400, '400.1.404 Referenced object not found']);
  });

  test('a missing account is deleted with its memberships, and restored with its id', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    await server().api.loadAccounts(source.id, fileOf({ ann: ['x'], bob: ['y'] }));
    const [ann] = await accountsOf(source);
    const gone = await server().api.loadAccounts(source.id, fileOf({ bob: ['y'] }));
    expect(gone.attributes).toMatchObject({ deleted: 1, groupsDeleted: 1, optimized: 1 });
    expect((await server().api.get(`/v2025/accounts/${ann.id}`)).status).toBe(404);
    expect(valuesOf(await server().entitlementsOf(source))).toEqual(['y']);
    const back = await server().api.loadAccounts(source.id, fileOf({ ann: ['x'], bob: ['y'] }));
    expect(back.attributes).toMatchObject({ created: 1, restored: 1, managedAttributesCreated: 1 });
    expect((await accountsOf(source))[0].id).toBe(ann.id);
  });

  test('an entitlement missing from a file is kept as long as an account holds it', async () => {
    const source = await server().createSource({ deleteThreshold: 100 });
    await server().load(source, 'id,name\nx,X\ny,Y\n');
    await server().api.loadAccounts(source.id, fileOf({ ann: ['x'] }));
    const kept = await server().load(source, 'id,name\ny,Y\n');
    expect(kept.attributes).toMatchObject({ groupsKept: 1, groupsDeleted: 0 });
    expect((await server().entitlementsOf(source)).map(({ name }) => name)).toEqual(['X', 'Y']);
    await server().api.loadAccounts(source.id, fileOf({ ann: ['y'] }));
    expect((await server().entitlementsOf(source)).map(({ name }) => name)).toEqual(['Y']);
  });

  test('requests that are rejected immediately', async () => {
    const source = await server().createSource();
    const load = async (parts: Record<string, string>, csv?: string): Promise<Answer> => {
      const form = new FormData();
      for (const [name, value] of Object.entries(parts)) {
        form.append(name, value);
      }
      if (csv !== undefined) {
        form.append('file', new Blob([csv]), 'accounts.csv');
      }
      return server().api.send('POST', `/v2025/sources/${source.id}/load-accounts`, form);
    };
    const textOf = ({ status, body }: Answer): [number, string] => [status, body.messages[0].text];
    expect(textOf(await load({}, 'id,colour\na,red\n'))).toEqual([
      400,
      expect.stringContaining('Column: "[colour]" is unknown and/or column: "[]" is missing'),
    ]);
    expect(textOf(await load({}))).toEqual([400, expect.stringContaining('part "file"')]);
    expect(textOf(await load({ disableOptimization: 'perhaps' }, fileOf({})))).toEqual([
      400,
      expect.stringContaining('disableOptimization'),
    ]);
    const all = await server().api.loadAccounts(source.id, fileOf({ ann: [] }), { disableOptimization: 'true' });
    expect(all.attributes).toMatchObject({ optimizedAggregation: 'disabled', created: 1 });
  });

  test('deleteAccountsAsync removes the accounts and entitlements that only they held; then the schema can be deleted', async () => {
    const source = await server().createSource();
    await server().load(source, 'id,name\ny,Y\n');
    await server().api.loadAccounts(source.id, fileOf({ ann: ['x', 'y'], bob: [] }));
    const schemas = `/v2025/sources/${source.id}/schemas`;
    const [schema] = expectStatus(await server().api.get(`${schemas}?include-names=account`), 200);
    expect((await server().api.send('DELETE', `${schemas}/${schema.id}`)).status).toBe(400);
    const url = `/v2025/sources/${source.id}/remove-accounts`;
    const { type, id } = expectStatus(await server().api.send('POST', url), 202);
    expect(type).toBe('TASK_RESULT');
    expect(await server().api.waitForTask(id)).toMatchObject({
      completionStatus: 'SUCCESS',
      attributes: { accountsDeleted: 2, entitlementsDeleted: 1 },
    });
    expect(await accountsOf(source)).toEqual([]);
    expect(valuesOf(await server().entitlementsOf(source))).toEqual(['y']);
    expect((await server().api.send('DELETE', `${schemas}/${schema.id}`)).status).toBe(204);
    expect((await server().api.send('POST', `/v2025/sources/${'f'.repeat(32)}/remove-accounts`)).status).toBe(404);
  });

  test('a source is deleted with its accounts', async () => {
    const source = await server().createSource();
    await server().api.loadAccounts(source.id, fileOf({ ann: ['x'] }));
    const { id } = expectStatus(await server().api.send('DELETE', `/v2025/sources/${source.id}`), 202);
    expect((await server().api.waitForTask(id)).attributes).toMatchObject({
      accountsDeleted: 1,
      entitlementsDeleted: 1,
    });
    expect(await accountsOf(source)).toEqual([]);
  });
});
