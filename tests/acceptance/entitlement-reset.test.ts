import { describe, expect, test } from 'vitest';
import { contractFamilies } from '../../src/api/families.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, form, pathIn } from './acceptance.ts';
import { sdkFamilies, sdkOf } from './sdk.ts';

const entitlementFile = 'id,name,description\ng1,One,First\ng2,Two,Second';
const accountFile = 'id,name,groups\nada,Ada,g1\nbob,Bob,g3';

describeOwnServer('reset of the entitlements of a source', {}, (server) => {
  const loadAccounts = async (sourceId: string, ...more: [string, string][]): Promise<void> => {
    const path = `/v2025/sources/${sourceId}/load-accounts`;
    const { task } = expectStatus(await server().api.send('POST', path, form(['file', accountFile], ...more)), 202);
    expect((await server().api.waitForTask(task.id)).completionStatus).toBe('SUCCESS');
  };
  const valuesOf = async (source: { id: string }): Promise<string[]> =>
    (await server().entitlementsOf(source)).map(({ value }: { value: string }) => value);
  const heldBy = async (sourceId: string, name: string): Promise<string[]> => {
    const filters = encodeURIComponent(`sourceId eq "${sourceId}" and name eq "${name}"`);
    const [account] = expectStatus(await server().api.get(`/v2025/accounts?filters=${filters}`), 200);
    const held = expectStatus(await server().api.get(`/v2025/accounts/${account.id}/entitlements`), 200);
    return held.map(({ value }: { value: string }) => value);
  };

  describe.each(contractFamilies)('resetSourceEntitlements in %s', (family) => {
    test('deletes them with their governance data; accounts link again without optimization', async () => {
      const source = await server().createSource();
      await server().load(source, entitlementFile);
      await loadAccounts(source.id);
      expect(await valuesOf(source)).toEqual(['g1', 'g2', 'g3']);
      const [{ id }] = await server().entitlementsOf(source);
      const patch = [{ op: 'replace', path: '/requestable', value: true }];
      expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${id}`, patch), 200);

      const path = pathIn(family, `/entitlements/reset/sources/${source.id}`);
      const body = expectStatus(await server().api.send('POST', path), 202);
      expect(body).toEqual({ type: 'TASK_RESULT', id: expect.any(String), name: 'Entitlement Source Reset' });
      const task = await server().api.waitForTask(body.id);
      expect(task).toMatchObject({
        completionStatus: 'SUCCESS',
        uniqueName: 'Entitlement Source Reset',
        attributes: { applications: source.name, accountsUnlinked: 2, entitlementsDeleted: 3 },
      });
      expect(await valuesOf(source)).toEqual([]);
      expectStatus(await server().api.get(`/v2025/entitlements/${id}`), 404);
      expect(await heldBy(source.id, 'Ada')).toEqual([]);
      const history = expectStatus(await server().api.get(`/muniment/v1/entitlements/${id}/history?limit=1`), 200);
      expect(history).toMatchObject([{ kind: 'deleted', taskId: body.id, before: { requestable: true } }]);

      await server().load(source, entitlementFile);
      const [again] = await server().entitlementsOf(source);
      expect(again).toMatchObject({ value: 'g1', requestable: false });
      expect(again.id).not.toBe(id);
      // Unchanged accounts are skipped.
      await loadAccounts(source.id);
      expect(await heldBy(source.id, 'Ada')).toEqual([]);
      await loadAccounts(source.id, ['disableOptimization', 'true']);
      expect(await heldBy(source.id, 'Ada')).toEqual(['g1']);
      expect(await heldBy(source.id, 'Bob')).toEqual(['g3']);
    });

    test('of an unknown source is 404', async () => {
      const path = pathIn(family, '/entitlements/reset/sources/nope');
      expect((await server().api.send('POST', path)).status).toBe(404);
    });
  });

  test.each(sdkFamilies)('by the SDK in %s', async (family) => {
    const source = await server().createSource();
    await server().load(source, entitlementFile);
    const { status, data } = await sdkOf(server(), family).entitlements.resetSourceEntitlements({
      id: source.id,
      sourceId: source.id,
      xSailPointExperimental: 'true',
    } as never);
    expect(status).toBe(202);
    expect((await server().api.waitForTask(String(data.id))).completionStatus).toBe('SUCCESS');
    expect(await valuesOf(source)).toEqual([]);
  });

  test('leaves a sound database', async () => {
    expect(await violationsIn(server().database.url)).toEqual([]);
  });
});
