import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, form, pathIn, refusal } from './acceptance.ts';

describeOwnServer('deletion of entitlements', {}, (server) => {
  let source: { id: string };
  let ids: string[];
  const file = 'id,name\nd1,One\nd2,Two\nd3,Three';
  beforeEach(async () => {
    source = await server().createSource();
    await server().load(source, file);
    const path = `/v2025/sources/${source.id}/load-accounts`;
    const accounts = form(['file', 'id,name,groups\nada,Ada,"d1"\nbob,Bob,d2']);
    const { task } = expectStatus(await server().api.send('POST', path, accounts), 202);
    await server().api.waitForTask(task.id);
    ids = (await server().entitlementsOf(source)).map(({ id }: { id: string }) => id);
  });
  const values = async (): Promise<string[]> =>
    (await server().entitlementsOf(source)).map(({ value }: { value: string }) => value);
  const remove = (family: 'beta' | 'muniment', id: string, headers?: Record<string, string>): Promise<Answer> =>
    server().api.send('DELETE', pathIn(family, `/entitlements/${id}`), undefined, headers);

  describe.each(['beta', 'muniment'] as const)('in %s', (family) => {
    test('deleteEntitlement deletes one, also from its accounts; it returns with its governance data', async () => {
      const [id = ''] = ids;
      const patch = [{ op: 'replace', path: '/requestable', value: true }];
      expectStatus(await server().api.send('PATCH', `/v2025/entitlements/${id}`, patch), 200);
      expectStatus(await remove(family, id, { 'if-match': '"1"' }), 412);
      expect(await remove(family, id, { 'if-match': '"2"' })).toMatchObject({ status: 204, body: '' });
      expectStatus(await server().api.get(`/v2025/entitlements/${id}`), 404);
      expectStatus(await remove(family, id), 404);
      expect(await values()).toEqual(['d2', 'd3']);
      const filters = encodeURIComponent(`sourceId eq "${source.id}" and name eq "Ada"`);
      const [ada] = expectStatus(await server().api.get(`/v2025/accounts?filters=${filters}`), 200);
      expect(ada).toMatchObject({ hasEntitlements: false, attributes: { groups: ['d1'] } });
      await server().load(source, file);
      expect(expectStatus(await server().api.get(`/v2025/entitlements/${id}`), 200).requestable).toBe(true);
    });

    test('deleteBulkEntitlements deletes several in a task, and getDeleteBulkEntitlementsStatus reports those that it could not delete', async () => {
      const path = pathIn(family, '/entitlements/bulk-delete');
      const body = expectStatus(
        await server().api.send('POST', path, { ids: [...ids.slice(0, 2), 'unknown', ids[0]] }),
        201,
      );
      expect(body).toEqual({
        taskId: expect.any(String),
        type: 'DELETE',
        status: 'PENDING',
        error: null,
        created: expect.stringMatching(/Z$/),
        failedItems: [],
      });
      const task = await server().api.waitForTask(body.taskId);
      expect(task).toMatchObject({ completionStatus: 'WARNING', attributes: { entitlementsDeleted: 2 } });
      expect(expectStatus(await server().api.get(`${path}/${body.taskId}`), 200)).toEqual({
        ...body,
        status: 'COMPLETED',
        failedItems: [{ id: 'unknown', reason: 'Entitlement not found' }],
      });
      expect(await values()).toEqual(['d3']);
      expectStatus(await server().api.get(`${path}/${'f'.repeat(32)}`), 404);
    });

    test('rejects too many or no ids', async () => {
      const path = pathIn(family, '/entitlements/bulk-delete');
      for (const wrong of [[], Array.from({ length: 51 }, (_, index) => String(index)), [''], [1]]) {
        expect(refusal(await server().api.send('POST', path, { ids: wrong }))[0]).toBe(400);
      }
      const { taskId } = await server()
        .api.send('POST', `/v2025/entitlements/reset/sources/${source.id}`)
        .then(({ body }) => ({ taskId: body.id }));
      await server().api.waitForTask(taskId);
      expectStatus(await server().api.get(`${path}/${taskId}`), 404);
    });
  });

  test('leaves a sound database', async () => {
    expect(await violationsIn(server().database.url)).toEqual([]);
  });
});
