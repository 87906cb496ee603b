import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TaskManagementBetaApi, TaskManagementV2024Api } from 'sailpoint-api-client';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { connectorList } from '../support/connectors/index.ts';
import { addPerson } from '../support/persons.ts';
import { describeOwnServer, expectStatus, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

const cancel = [{ op: 'replace', path: '/completionStatus', value: 'TERMINATED' }];

describeOwnServer(
  'cancelled and pending tasks',
  { concurrentTasks: '1' },
  (server) => {
    let source: Answer['body'];
    /** Requests a load that takes minutes, and one behind it. */
    async function slowTasks(): Promise<[running: string, waiting: string]> {
      const path = `/v2025/sources/${source.id}/load-entitlements`;
      const running = expectStatus(await server().api.send('POST', path), 202).id;
      const waiting = expectStatus(await server().api.send('POST', path), 202).id;
      await expect
        .poll(async () => (await server().api.get(`/v2025/task-status/${running}`)).body.launched)
        .not.toBeNull();
      return [running, waiting];
    }

    beforeAll(async () => {
      const role = Array.from({ length: 2000 }, (_, index) => ({ code: `r${index}` }));
      const connectorAttributes = { password: 'open sesame', batchTime: 100, objects: { role } };
      source = await server().createSource({ connector: 'memory-angularsc', connectorAttributes });
    });

    describe.each(plainFamilies)('in %s', (family) => {
      test('updateTaskStatus cancels a running task and one that waits', async () => {
        const ids = await slowTasks();
        for (const id of ids.toReversed()) {
          const answer = await server().api.send('PATCH', pathIn(family, `/task-status/${id}`), cancel);
          expect(expectStatus(answer, 200)).toMatchObject({
            id,
            completionStatus: 'TERMINATED',
            completed: expect.any(String),
            progress: 'Cancelled',
            messages: [{ type: 'WARN', key: 'task_cancelled' }],
          });
        }
        expect(await server().entitlementsOf(source)).toEqual([]);
        // The lane is free again.
        const files = await server().createSource();
        await server().load(files, 'id,name\na,Alpha\n');
      });

      test('updateTaskStatus rejects anything else', async () => {
        const { id } = await server().load(await server().createSource(), 'id,name\na,Alpha\n');
        const patch = async (value: unknown, path = '/completionStatus') =>
          refusal(
            await server().api.send('PATCH', pathIn(family, `/task-status/${id}`), [{ op: 'replace', path, value }]),
          );
        expect(await patch('TERMINATED')).toEqual([
          400,
          `Task ${id} has ended with SUCCESS. The end of a task cannot be changed.`,
        ]);
        expect(await patch('DONE')).toEqual([400, expect.stringContaining('completionStatus')]);
        expect(await patch('x', '/description')).toEqual([
          400,
          expect.stringContaining('Patchable are /completed, /completionStatus.'),
        ]);
        expect(await patch('soon', '/completed')).toEqual([400, expect.stringContaining('completed')]);
      });
    });

    test('a task that does not stop is killed and leaves no file behind', async () => {
      const connectorAttributes = { password: 'open sesame', batchTime: 3_600_000, objects: { role: [{ code: 'r' }] } };
      const hanging = await server().createSource({ connector: 'memory-angularsc', connectorAttributes });
      const path = `/v2025/sources/${hanging.id}/load-entitlements`;
      const { id } = expectStatus(await server().api.send('POST', path), 202);
      const files = (): string[] => readdirSync(join(server().dataDir, 'spool'));
      await expect.poll(files, { timeout: 10_000 }).toContain(`${id}.stage`);
      expectStatus(await server().api.send('PATCH', `/v2025/task-status/${id}`, cancel), 200);
      await expect.poll(files, { timeout: 30_000 }).toEqual([]);
      await server().load(await server().createSource(), 'id,name\na,Alpha\n');
    }, 60_000);

    test('a cancelled deletion says what is left of the source', async () => {
      const { id } = await server().createSource();
      const [running, waiting] = await slowTasks();
      const deletion = expectStatus(await server().api.send('DELETE', `/v2025/sources/${id}`), 202).id;
      const cancelled = expectStatus(await server().api.send('PATCH', `/v2025/task-status/${deletion}`, cancel), 200);
      expect(cancelled.messages[0].localizedText.message).toMatch(/It had not begun\.$/);
      expectStatus(await server().api.get(`/v2025/sources/${id}`), 200);
      for (const task of [running, waiting]) {
        expectStatus(await server().api.send('PATCH', `/v2025/task-status/${task}`, cancel), 200);
      }
    });

    test('getPendingTasks and getPendingTaskHeaders in v2025 find the open tasks, and are deprecated', async () => {
      const ids = await slowTasks();
      const path = '/v2025/task-status/pending-tasks';
      const all = await server().api.get(`${path}?${queryOf({ count: true })}`);
      expect(expectStatus(all, 200).map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
      const page = await server().api.get(`${path}?${queryOf({ limit: 1, offset: 1 })}`);
      expect(expectStatus(page, 200)).toMatchObject([{ id: ids[0], completionStatus: null }]);
      // Others do not see them.
      const { api: other } = await addPerson(server(), server().database, 'Sub Admin', ['SOURCE_SUBADMIN']);
      const unseen = await other.get(`${path}?${queryOf({ count: true })}`);
      expect([unseen.body, unseen.headers.get('x-total-count')]).toEqual([[], '0']);
      const head = await server().api.send('HEAD', `${path}?${queryOf({ count: true })}`);
      expect([head.status, head.body]).toEqual([200, '']);
      for (const { headers } of [all, head]) {
        expect([headers.get('x-total-count'), headers.get('x-deprecated')]).toEqual(['2', 'true']);
      }
      expect((await server().api.get('/v2025/task-status')).headers.get('x-deprecated')).toBeNull();
      for (const id of ids) {
        expectStatus(await server().api.send('PATCH', `/v2025/task-status/${id}`, cancel), 200);
      }
      const none = await server().api.get(`${path}?${queryOf({ count: true })}`);
      expect([none.body, none.headers.get('x-total-count')]).toEqual([[], '0']);
      // The newer families have no such operation.
      expect((await server().api.get('/v2026/task-status/pending-tasks')).status).toBe(404);
    });

    test.each(sdkFamilies)(
      'updateTaskStatus, getPendingTasks and getPendingTaskHeaders by the SDK %s',
      async (family) => {
        const beta = new TaskManagementBetaApi(configurationOf(server()));
        const v2024 = new TaskManagementV2024Api(configurationOf(server()));
        const isBeta = family === 'beta';
        const xSailPointExperimental = 'true';
        const ids = await slowTasks();
        const found = await (isBeta ? beta.getPendingTasks() : v2024.getPendingTasks({ xSailPointExperimental }));
        expect(found.data.map(({ id }) => id)).toEqual(ids.toReversed());
        const head = await (isBeta
          ? beta.getPendingTaskHeaders({ count: true })
          : v2024.getPendingTaskHeaders({ count: true, xSailPointExperimental }));
        expect(head.headers['x-total-count']).toBe('2');
        const patch = [
          { op: 'replace' as const, path: '/completionStatus', value: 'TERMINATED' },
          { op: 'replace' as const, path: '/completed', value: new Date().toISOString() },
        ];
        for (const id of ids) {
          const { data } = await (isBeta
            ? beta.updateTaskStatus({ id, jsonPatchOperationBeta: patch as never })
            : v2024.updateTaskStatus({ id, xSailPointExperimental, jsonPatchOperationV2024: patch as never }));
          expect(data).toMatchObject({ id, completionStatus: 'TERMINATED' });
        }
      },
    );
  },
  connectorList,
);
