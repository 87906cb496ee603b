import {
  SourcesBetaApi,
  SourcesV2024Api,
  type TaskManagementBetaApi,
  type TaskManagementV2024Api,
} from 'sailpoint-api-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeServer, expectStatus, type ServerUnderTest } from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies, sdkOf } from './sdk.ts';

/** The SDK's source operations of both families, under common names. */
function sourcesOf(server: ServerUnderTest, family: (typeof sdkFamilies)[number]) {
  const configuration = configurationOf(server);
  const beta = new SourcesBetaApi(configuration);
  const v2024 = new SourcesV2024Api(configuration);
  const isBeta = family === 'beta';
  return {
    api: isBeta ? beta : v2024,
    deleteSource: (id: string) => (isBeta ? beta._delete({ id }) : v2024.deleteSource({ id })),
    getAccountsSchema: (id: string) =>
      isBeta ? beta.getSourceAccountsSchema({ sourceId: id }) : v2024.getAccountsSchema({ id }),
    getEntitlementsSchema: (id: string, schemaName: string) =>
      isBeta
        ? beta.getSourceEntitlementsSchema({ sourceId: id, schemaName })
        : v2024.getEntitlementsSchema({ id, schemaName }),
    importAccountsSchema: (id: string, file: File) =>
      isBeta ? beta.importSourceAccountsSchema({ sourceId: id, file }) : v2024.importAccountsSchema({ id, file }),
    importEntitlementsSchema: (id: string, schemaName: string, file: File) =>
      isBeta
        ? beta.importSourceEntitlementsSchema({ sourceId: id, schemaName, file })
        : v2024.importEntitlementsSchema({ id, schemaName, file }),
  };
}

describeServer('sources by the SDK', (server) => {
  describe.each(sdkFamilies)('%s', (family) => {
    const sdk = () => sourcesOf(server(), family);
    const tasks = (): TaskManagementBetaApi | TaskManagementV2024Api => sdkOf(server(), family).tasks;
    const name = `By the SDK ${family} ${Date.now()}`;
    let id = '';

    beforeAll(async () => {
      const owner = { type: 'IDENTITY' as const, id: server().identityId };
      const body = { name, owner, connector: 'delimited-file-angularsc', description: 'Made by the SDK' };
      const { status, data } = await sdk().api.createSource({
        sourceBeta: body,
        sourceV2024: body,
        provisionAsCsv: true,
      });
      if (status !== 201) {
        throw new Error(`createSource answered ${status}.`);
      }
      id = data.id ?? '';
    });
    afterAll(async () => {
      await server().api.send('DELETE', `/v2025/sources/${id}`);
    });

    test('createSource, getSource and listSources show the same source', async () => {
      const { data } = await sdk().api.getSource({ id });
      expect(data).toMatchObject({
        id,
        name,
        description: 'Made by the SDK',
        owner: { type: 'IDENTITY', id: server().identityId, name: expect.any(String) },
        type: 'DelimitedFile',
        connector: 'delimited-file-angularsc',
        connectorName: 'Delimited File',
        connectionType: 'file',
        connectorAttributes: {},
        authoritative: false,
        healthy: false,
        status: 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS',
      });
      expect(data.schemas?.map((schema) => schema.name)).toEqual(['account', 'group']);
      const list = await sdk().api.listSources({ filters: `name eq "${name}"`, sorters: '-created', count: true });
      expect([list.headers['x-total-count'], list.data]).toEqual(['1', [data]]);
    });

    test('updateSource patches and putSource replaces', async () => {
      const operations = [
        { op: 'add' as const, path: '/connectorAttributes/group.delimiter', value: ';' },
        { op: 'replace' as const, path: '/description', value: 'Patched' },
      ];
      const patched = await sdk().api.updateSource({
        id,
        jsonPatchOperationBeta: operations,
        jsonPatchOperationV2024: operations,
      });
      expect(patched.data).toMatchObject({ connectorAttributes: { 'group.delimiter': ';' }, description: 'Patched' });
      const { data } = await sdk().api.getSource({ id });
      const whole = { ...expectStatus(await server().api.get(`/v2025/sources/${id}`), 200), description: 'Replaced' };
      expect(data).toEqual(patched.data);
      const replaced = await sdk().api.putSource({ id, sourceBeta: whole, sourceV2024: whole });
      expect(replaced.data.description).toBe('Replaced');
    });

    test('schemas are created, listed, read, patched, replaced and deleted', async () => {
      const { api } = sdk();
      const body = { name: 'role', nativeObjectType: 'Role', identityAttribute: 'id', attributes: [{ name: 'id' }] };
      const made = await api.createSourceSchema({ sourceId: id, schemaBeta: body, schemaV2024: body });
      expect(made.status).toBe(201);
      const path = { sourceId: id, schemaId: made.data.id ?? '' };
      expect((await api.getSourceSchema(path)).data).toEqual(made.data);
      const groups = await api.getSourceSchemas({ sourceId: id, includeTypes: 'group' as never, includeNames: 'role' });
      expect(groups.data).toEqual([made.data]);
      const operations = [{ op: 'add' as const, path: '/attributes/-', value: { name: 'title' } }];
      const patched = await api.updateSourceSchema({
        ...path,
        jsonPatchOperationBeta: operations,
        jsonPatchOperationV2024: operations,
      });
      expect(patched.data.attributes?.map((attribute) => attribute.name)).toEqual(['id', 'title']);
      const whole = { ...body, displayAttribute: 'id' };
      const replaced = await api.putSourceSchema({ ...path, schemaBeta: whole, schemaV2024: whole });
      expect(replaced.data).toMatchObject({ displayAttribute: 'id', attributes: [{ name: 'id', type: 'STRING' }] });
      expect((await api.deleteSourceSchema(path)).status).toBe(204);
      expect((await refusalOf(api.getSourceSchema(path))).status).toBe(404);
    });

    test('templates are read and uploaded', async () => {
      const template = new File(['id;name;colour\n'], 'template.csv', { type: 'text/csv' });
      const imported = await sdk().importEntitlementsSchema(id, 'group', template);
      expect(imported.data.attributes?.map((attribute) => attribute.name)).toEqual(['id', 'name', 'colour']);
      expect((await sdk().getEntitlementsSchema(id, 'group')).data).toBe('id;name;colour\n');
      const accounts = await sdk().importAccountsSchema(id, new File(['id,name,mail\n'], 'accounts.csv'));
      expect(accounts.data).toMatchObject({ name: 'account', identityAttribute: 'id' });
      expect((await sdk().getAccountsSchema(id)).data).toBe('id,name,mail\n');
    });

    test('getTaskStatus and getTaskStatusList follow the deletion of the source', async () => {
      const { status, data } = await sdk().deleteSource(id);
      expect([status, data]).toEqual([202, { type: 'TASK_RESULT', id: expect.any(String), name: 'Source Deletion' }]);
      const task = { id: data.id ?? '' };
      expect(await server().api.waitForTask(task.id)).toMatchObject({ completionStatus: 'SUCCESS' });
      expect((await tasks().getTaskStatus(task)).data.completionStatus).toBe('SUCCESS');
      const list = await tasks().getTaskStatusList({ filters: `id eq "${task.id}"`, sorters: '-created', count: true });
      expect(list.headers['x-total-count']).toBe('1');
      expect(list.data).toEqual([(await tasks().getTaskStatus(task)).data]);
      expect((await refusalOf(sdk().api.getSource({ id }))).status).toBe(404);
    });
  });
});
