import { SourcesBetaApi, SourcesV2024Api } from 'sailpoint-api-client';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { connectorList } from '../support/connectors/index.ts';
import {
  describeOwnServer,
  expectStatus,
  form,
  pathIn,
  plainFamilies,
  plainFamiliesAndV3,
  refusal,
} from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

const password = 'open sesame';

describeOwnServer(
  'tests, health and connections of sources',
  {},
  (server) => {
    const memorySource = (more: object = {}): Promise<Answer['body']> =>
      server().createSource({ connector: 'memory-angularsc', connectorAttributes: { password, ...more } });
    const load = async (path: string, body?: FormData): Promise<Answer['body']> =>
      server().api.waitForTask(expectStatus(await server().api.send('POST', `/v2025${path}`, body), 202).id);

    describe.each(plainFamilies)('in %s', (family) => {
      const post = async (source: { id: string }, operation: string): Promise<Answer['body']> =>
        expectStatus(
          await server().api.send('POST', pathIn(family, `/sources/${source.id}/connector/${operation}`)),
          200,
        );

      test('testSourceConfiguration tests settings, schemas and the connection', async () => {
        const source = await memorySource({ objects: { account: [{ uid: 'ada' }] } });
        const answer = { id: source.id, name: source.name, elapsedMillis: expect.any(Number) };
        const path = 'test-configuration';
        expect(await post(source, path)).toEqual({ ...answer, status: 'SUCCESS', details: {} });
        const patch = [{ op: 'add', path: '/connectorAttributes/isDown', value: true }];
        expectStatus(await server().api.send('PATCH', `/v2025/sources/${source.id}`, patch), 200);
        const details = { kind: 'unavailable', error: 'The system does not answer.' };
        expect(await post(source, path)).toEqual({ ...answer, status: 'FAILURE', details });

        // A source of files has no connection to test.
        const files = await server().createSource();
        expect(await post(files, path)).toMatchObject({ status: 'SUCCESS', details: {} });
        const schema = { name: 'keyless', attributes: [{ name: 'id' }] };
        expectStatus(await server().api.send('POST', `/v2025/sources/${files.id}/schemas`, schema), 201);
        expect(await post(files, path)).toMatchObject({
          status: 'FAILURE',
          details: { kind: 'unusable', error: expect.stringContaining('Schema "keyless" has no identityAttribute.') },
        });
      });

      test('pingCluster answers for this server', async () => {
        const source = await server().createSource();
        expect(await post(source, 'ping-cluster')).toEqual({
          id: source.id,
          name: source.name,
          status: 'SUCCESS',
          elapsedMillis: expect.any(Number),
          details: {},
        });
      });
    });

    test.each(plainFamiliesAndV3)('importConnectorFile refuses files that no connector uses: %s', async (family) => {
      const upload = (id: string, body?: FormData) =>
        server().api.send('POST', pathIn(family, `/sources/${id}/upload-connector-file`), body);
      for (const source of [await memorySource(), await server().createSource()]) {
        const reason = `Source "${source.name}" has the connector ${source.connector}, which uses no files of its own.`;
        for (const body of [form(['file', 'x'.repeat(3_000_000)]), form(), undefined]) {
          expect(refusal(await upload(source.id, body))).toEqual([400, expect.stringContaining(reason)]);
        }
        const read = await server().api.get(`/v2025/sources/${source.id}`);
        expect(read.body.connectorAttributes).toEqual(source.connectorAttributes);
      }
      expect((await upload('f'.repeat(32), form(['file', 'x']))).status).toBe(404);
    });

    test.each(plainFamilies)('getSourceConfig describes the connector of a source: %s', async (family) => {
      const get = (id: string, query = '') =>
        server().api.get(pathIn(family, `/sources/${id}/connectors/source-config`) + query);
      const of = {
        sourceConfig: null,
        sourceConfigFrom: null,
        uploadedFiles: null,
        translationProperties: {},
        connectorMetadata: {},
        status: 'RELEASED',
      };
      expect(expectStatus(await get((await memorySource()).id), 200)).toEqual({
        ...of,
        name: 'Memory',
        type: 'Memory',
        className: 'test.Memory',
        scriptName: 'memory-angularsc',
        fileUpload: false,
        directConnect: true,
      });
      const files = await server().createSource();
      expect(expectStatus(await get(files.id, '?locale=de'), 200)).toEqual({
        ...of,
        name: 'Delimited File',
        type: 'DelimitedFile',
        className: files.connectorClass,
        scriptName: files.connector,
        fileUpload: true,
        directConnect: false,
      });
      expect((await get('f'.repeat(32))).status).toBe(404);
      expect((await get(files.id, `?locale=${'x'.repeat(36)}`)).status).toBe(400);
    });

    test.each(sdkFamilies)('getSourceConfig by the SDK: %s', async (family) => {
      const configuration = configurationOf(server());
      const { id } = await server().createSource();
      const { data } =
        family === 'beta'
          ? await new SourcesBetaApi(configuration).getSourceConfig({ id, locale: 'en' })
          : await new SourcesV2024Api(configuration).getSourceConfig({ id, xSailPointExperimental: 'true' });
      expect(data).toMatchObject({ name: 'Delimited File', fileUpload: true, directConnect: false });
    });

    test.each(sdkFamilies)('importConnectorFile by the SDK: %s', async (family) => {
      const configuration = configurationOf(server());
      const { id: sourceId } = await server().createSource();
      const file = new File(['x'], 'driver.jar');
      const refused = await refusalOf(
        family === 'beta'
          ? new SourcesBetaApi(configuration).importSourceConnectorFile({ sourceId, file })
          : new SourcesV2024Api(configuration).importConnectorFile({ sourceId, file }),
      );
      expect(refused.status).toBe(400);
    });

    describe.each(plainFamiliesAndV3)('in %s', (family) => {
      const get = async (source: { id: string }, what: string): Promise<Answer> =>
        server().api.get(pathIn(family, `/sources/${source.id}/${what}`));

      test('getSourceHealth shows the outcome of the last aggregation', async () => {
        const source = await memorySource({ objects: { role: [{ code: 'r1' }] } });
        const health = async (): Promise<string> => expectStatus(await get(source, 'source-health'), 200).status;
        expect(expectStatus(await get(source, 'source-health'), 200)).toEqual({
          id: source.id,
          type: 'Memory',
          name: source.name,
          org: expect.any(String),
          isAuthoritative: false,
          isCluster: false,
          hostname: '127.0.0.1',
          pod: expect.any(String),
          iqServiceVersion: null,
          status: 'SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS',
        });
        await load(`/sources/${source.id}/load-entitlements`);
        expect(await health()).toBe('SOURCE_STATE_HEALTHY');
        const patch = (value: boolean) =>
          server().api.send('PATCH', `/v2025/sources/${source.id}`, [
            { op: 'add', path: '/connectorAttributes/isDown', value },
          ]);
        expectStatus(await patch(true), 200);
        await load(`/sources/${source.id}/load-entitlements`);
        expect(await health()).toBe('SOURCE_STATE_ERROR_SOURCE');
        expect((await server().api.get(`/v2025/sources/${source.id}`)).body).toMatchObject({ healthy: false });
        expectStatus(await patch(false), 200);
        await load(`/sources/${source.id}/load-entitlements`);
        expect(await health()).toBe('SOURCE_STATE_HEALTHY');
        expect(refusal(await get({ id: 'none' }, 'source-health'))[0]).toBe(404);
      });

      test('getSourceConnections shows what depends on a source', async () => {
        const nothing = {
          credentialProfiles: [],
          mappingProfiles: [],
          dependentCustomTransforms: [],
          dependentApps: [],
        };
        const directory = await server().createSource();
        const config = { attributeAssignments: [{ property: 'email', value: 'e-mail', operation: 'EQ' }] };
        expectStatus(await server().api.send('PUT', `/v2025/sources/${directory.id}/correlation-config`, config), 200);
        expect(expectStatus(await get(directory, 'connections'), 200)).toEqual({
          ...nothing,
          identityProfiles: [],
          sourceAttributes: ['e-mail'],
          missingDependents: [],
        });
        const people = await server().createSource({ authoritative: true });
        const file = form(['file', `id,name\n${people.id}-1,Ann\n${people.id}-2,Bob\n`]);
        const loaded = await server().api.send('POST', `/v2025/sources/${people.id}/load-accounts`, file);
        await server().api.waitForTask(expectStatus(loaded, 202).task.id);
        const found = expectStatus(await get(people, 'connections'), 200);
        expect(found).toMatchObject({
          ...nothing,
          identityProfiles: [{ id: people.id, name: people.name, identityCount: 2 }],
        });
        expect(found.sourceAttributes).toContain('userName');
      });
    });

    test.each(sdkFamilies)('testSourceConfiguration and pingCluster by the SDK %s', async (family) => {
      const { id: sourceId } = await memorySource();
      const api =
        family === 'beta'
          ? new SourcesBetaApi(configurationOf(server()))
          : new SourcesV2024Api(configurationOf(server()));
      expect((await api.testSourceConfiguration({ sourceId })).data).toMatchObject({ id: sourceId, status: 'SUCCESS' });
      expect((await api.pingCluster({ sourceId })).data).toMatchObject({ id: sourceId, status: 'SUCCESS' });
    });

    test('getSourceHealth by the SDK', async () => {
      const { id: sourceId } = await memorySource();
      const configuration = configurationOf(server());
      const health = await new SourcesV2024Api(configuration).getSourceHealth({ sourceId });
      expect(health.data).toMatchObject({ id: sourceId, isCluster: false });
    });
  },
  connectorList,
);
