import { SourcesV2024Api } from 'sailpoint-api-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { connectorList } from '../support/connectors/index.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';
import { configurationOf } from './sdk.ts';

const account = { type: 'ACCOUNT_AGGREGATION', cronExpression: '0 0 5,13,21 * * ?' } as const;
const group = { type: 'GROUP_AGGREGATION', cronExpression: '0 0 12 1/1 * ? *' } as const;

describeOwnServer(
  'schedules of sources',
  {},
  (server) => {
    let source: { id: string; name: string };
    beforeEach(async () => {
      const connectorAttributes = { password: 'open sesame' };
      source = await server().createSource({ connector: 'memory-angularsc', connectorAttributes });
    });

    describe.each(plainFamilies)('in %s', (family) => {
      const send = (method: string, rest = '', body?: unknown, id = source.id) =>
        server().api.send(method, pathIn(family, `/sources/${id}/schedules${rest}`), body);

      test('can be created, listed, read, changed and deleted', async () => {
        expect(expectStatus(await send('GET'), 200)).toEqual([]);
        expect(expectStatus(await send('POST', '', group), 201)).toEqual(group);
        const created = await send('POST', '', account);
        expect(expectStatus(created, 201)).toEqual(account);
        expect(expectStatus(await send('GET'), 200)).toEqual([account, group]);
        const read = await send('GET', '/ACCOUNT_AGGREGATION');
        expect(expectStatus(read, 200)).toEqual(account);
        // The version is that of the source.
        const { headers } = await server().api.get(`/v2025/sources/${source.id}`);
        expect([created.headers.get('etag'), read.headers.get('etag')]).toEqual(Array(2).fill(headers.get('etag')));
        const patch = [{ op: 'replace', path: '/cronExpression', value: '0 30 6 ? * MON-FRI' }];
        const changed = { ...account, cronExpression: '0 30 6 ? * MON-FRI' };
        expect(expectStatus(await send('PATCH', '/ACCOUNT_AGGREGATION', patch), 200)).toEqual(changed);
        expectStatus(await send('DELETE', '/GROUP_AGGREGATION'), 204);
        expect(expectStatus(await send('GET'), 200)).toEqual([changed]);
        expect(refusal(await send('GET', '/GROUP_AGGREGATION'))).toEqual([
          404,
          `There is no schedule of type GROUP_AGGREGATION for the source with id "${source.id}".`,
        ]);
        expect((await send('DELETE', '/GROUP_AGGREGATION')).status).toBe(404);
        expect((await send('PATCH', '/GROUP_AGGREGATION', patch)).status).toBe(404);
      });

      test('are rejected if they cannot be kept', async () => {
        expectStatus(await send('POST', '', account), 201);
        expect(refusal(await send('POST', '', account))).toEqual([
          400,
          'A schedule of the source with type "ACCOUNT_AGGREGATION" already exists.',
        ]);
        const bad = async (cronExpression: unknown) =>
          refusal(await send('POST', '', { type: 'GROUP_AGGREGATION', cronExpression }));
        expect(await bad('0 5 * * *')).toEqual([400, expect.stringContaining('It must have 6 or 7 parts')]);
        expect(await bad('* * * * * ?')).toEqual([400, expect.stringContaining('at most once a minute')]);
        expect(await bad(7)).toEqual([400, expect.stringContaining('cronExpression')]);
        expect(refusal(await send('POST', '', { ...account, type: 'OTHER' }))[0]).toBe(400);
        expect(refusal(await send('POST', '', account, 'none'))[0]).toBe(404);
        expect(refusal(await send('GET', '', undefined, 'none'))[0]).toBe(404);
        const patch = [{ op: 'replace', path: '/type', value: 'GROUP_AGGREGATION' }];
        expect(refusal(await send('PATCH', '/ACCOUNT_AGGREGATION', patch))).toEqual([
          400,
          expect.stringContaining('Patchable are /cronExpression.'),
        ]);
        const files = await server().createSource();
        expect(refusal(await send('POST', '', account, files.id))).toEqual([
          400,
          expect.stringContaining('reads uploaded files, so there is nothing to read at a scheduled time.'),
        ]);
      });
    });

    test('are in the history of their source and are deleted with it', async () => {
      const path = `/v2025/sources/${source.id}/schedules`;
      expectStatus(await server().api.send('POST', path, account), 201);
      const stale = await server().api.send('DELETE', `${path}/ACCOUNT_AGGREGATION`, undefined, { 'If-Match': '"1"' });
      expect(stale.status).toBe(412);
      const query = queryOf({ filters: `objectId eq "${source.id}"` });
      const changes = expectStatus(await server().api.get(`/muniment/v1/changes?${query}`), 200);
      expect(changes).toContainEqual(
        expect.objectContaining({ kind: 'updated', before: { schedules: null }, after: { schedules: [account] } }),
      );
      const { id } = expectStatus(await server().api.send('DELETE', `/v2025/sources/${source.id}`), 202);
      await server().api.waitForTask(id);
      expect((await server().api.get(path)).status).toBe(404);
      expect(await violationsIn(server().database.url)).toEqual([]);
    });

    test('getSourceSchedules, createSourceSchedule, getSourceSchedule, updateSourceSchedule and deleteSourceSchedule by the SDK', async () => {
      const api = new SourcesV2024Api(configurationOf(server()));
      const { id: sourceId } = source;
      const created = await api.createSourceSchedule({ sourceId, schedule1V2024: account });
      expect([created.status, created.data]).toEqual([201, account]);
      expect((await api.getSourceSchedules({ sourceId })).data).toEqual([account]);
      const scheduleType = account.type;
      expect((await api.getSourceSchedule({ sourceId, scheduleType })).data).toEqual(account);
      const value = '0 0 4 * * ?' as never;
      const jsonPatchOperationV2024 = [{ op: 'replace' as const, path: '/cronExpression', value }];
      const changed = await api.updateSourceSchedule({ sourceId, scheduleType, jsonPatchOperationV2024 });
      expect(changed.data).toEqual({ ...account, cronExpression: '0 0 4 * * ?' });
      expect((await api.deleteSourceSchedule({ sourceId, scheduleType })).status).toBe(204);
    });
  },
  connectorList,
);
