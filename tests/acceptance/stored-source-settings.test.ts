import { SourcesBetaApi, SourcesV2024Api } from 'sailpoint-api-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { connectorList } from '../support/connectors/index.ts';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, pathIn, plainFamilies, refusal } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

const mail = { name: 'email', displayName: 'E-mail', enabled: true, target: 'mail' };
const off = {
  enabled: false,
  operations: [],
  allEntitlements: false,
  allNonEntitlementAttributes: false,
  selectedEntitlements: [],
  selectedNonEntitlementAttributes: [],
};
const detection = { ...off, enabled: true, operations: ['ACCOUNT_UPDATED' as const], selectedEntitlements: ['groups'] };

describeOwnServer(
  'settings of sources that are stored but not carried out',
  {},
  (server) => {
    let source: { id: string; name: string };
    beforeEach(async () => {
      source = await server().createSource();
    });

    describe.each(plainFamilies)('in %s', (family) => {
      const send = (method: string, what: string, body?: unknown, id = source.id) =>
        server().api.send(method, pathIn(family, `/sources/${id}/${what}`), body);

      test('attribute synchronisation', async () => {
        const path = 'attribute-sync-config';
        const reference = { type: 'SOURCE', id: source.id, name: source.name };
        expect(expectStatus(await send('GET', path), 200)).toEqual({ source: reference, attributes: [] });
        const config = { source: { id: source.id }, attributes: [mail] };
        expect(expectStatus(await send('PUT', path, config), 200)).toEqual({ source: reference, attributes: [mail] });
        const read = expectStatus(await send('GET', path), 200);
        expect(read).toEqual({ source: reference, attributes: [mail] });
        expect(expectStatus(await send('PUT', path, read), 200)).toEqual(read);
        const bad = async (body: object) => refusal(await send('PUT', path, { ...config, ...body }));
        expect(await bad({ source: { id: 'other' } })).toEqual([
          400,
          `Field "source.id" is "other". It must be the source of the path, "${source.id}", or omitted.`,
        ]);
        expect(await bad({ attributes: [mail, mail] })).toEqual([400, expect.stringContaining('Names must differ.')]);
        expect(await bad({ attributes: [{ ...mail, target: '' }] })).toEqual([400, expect.stringContaining('target')]);
        const attributes = Array.from({ length: 501 }, (_, index) => ({ ...mail, name: `a${index}` }));
        expect(await bad({ attributes })).toEqual([400, expect.stringContaining('At most 500 are allowed.')]);
        expect(refusal(await send('GET', path, undefined, 'none'))[0]).toBe(404);
      });

      test('native change detection', async () => {
        const path = 'native-change-detection-config';
        expect(expectStatus(await send('GET', path), 200)).toEqual(off);
        expect(expectStatus(await send('PUT', path, detection), 200)).toEqual(detection);
        expect(expectStatus(await send('GET', path), 200)).toEqual(detection);
        expect(expectStatus(await send('PUT', path, { enabled: true }), 200)).toEqual({ ...off, enabled: true });
        expectStatus(await send('DELETE', path), 204);
        expect(expectStatus(await send('GET', path), 200)).toEqual(off);
        expect(refusal(await send('PUT', path, { operations: ['ACCOUNT_LOST'] }))[0]).toBe(400);
        const selectedEntitlements = Array.from({ length: 1001 }, () => 'a');
        expect(refusal(await send('PUT', path, { selectedEntitlements }))).toEqual([
          400,
          expect.stringContaining('At most 1000 are allowed.'),
        ]);
        expect(refusal(await send('DELETE', path, undefined, 'none'))[0]).toBe(404);
      });
    });

    test.each(plainFamilies)(
      'listPasswordPolicyHoldersOnSource and updatePasswordPolicyHolders in %s',
      async (family) => {
        const { api } = server();
        const path = pathIn(family, `/sources/${source.id}/password-policies`);
        const set = (body: unknown, headers = {}) => api.send('PATCH', path, body, headers);
        const selectors = { identityAttr: [] };
        expect(expectStatus(await api.get(path), 200)).toEqual([]);
        const sent = [{ policyId: 'p2', policyName: 'Strict', selectors }, { policyId: 'p1' }];
        const shown = [sent[0], { policyId: 'p1', selectors }];
        const changed = await set(sent);
        expect([changed.status, changed.headers.get('etag'), changed.body]).toEqual([200, '"2"', shown]);
        const listed = await api.get(`${path}?count=true&offset=1`);
        expect([listed.headers.get('x-total-count'), listed.body]).toEqual(['2', shown.slice(1)]);
        const ofSource = (await api.get(pathIn(family, `/sources/${source.id}`))).body;
        expect(ofSource.passwordPolicies).toEqual([
          { type: 'PASSWORD_POLICY', id: 'p2', name: 'Strict' },
          { type: 'PASSWORD_POLICY', id: 'p1' },
        ]);
        const query = `filters=${encodeURIComponent(`objectId eq "${source.id}"`)}&limit=1`;
        expect((await api.get(`/muniment/v1/changes?${query}`)).body).toMatchObject([
          {
            kind: 'updated',
            before: { passwordPolicies: null },
            after: { passwordPolicies: ofSource.passwordPolicies },
          },
        ]);
        // What the list shows can be sent back, and changes nothing.
        expect((await set(shown)).headers.get('etag')).toBe('"2"');
        for (const [body, reason] of [
          [[{ policyName: 'x' }], 'policyId'],
          [[{ policyId: '' }], 'policyId'],
          [[{ policyId: 'a\0' }], 'NUL'],
          [[{ policyId: 'p' }, { policyId: 'p' }], 'Field "policyId" is "p" twice.'],
          [[{ policyId: 'p', selectors: { identityAttr: [{ name: 'a', value: 'b' }] } }], 'identityAttr'],
          [Array.from({ length: 101 }, (_, index) => ({ policyId: `p${index}` })), '100'],
          [{}, 'array'],
        ] as const) {
          expect(refusal(await set(body)), JSON.stringify(body).slice(0, 80)).toEqual([
            400,
            expect.stringContaining(reason),
          ]);
        }
        expect((await set([], { 'if-match': '"1"' })).status).toBe(412);
        expect(expectStatus(await set([], { 'if-match': '"2"' }), 200)).toEqual([]);
        expect((await api.get(pathIn(family, `/sources/${source.id}`))).body.passwordPolicies).toBeNull();
        expect((await api.get(pathIn(family, '/sources/none/password-policies'))).status).toBe(404);
        expect((await api.send('PATCH', pathIn(family, '/sources/none/password-policies'), [])).status).toBe(404);
        expect(await violationsIn(server().database.url)).toEqual([]);
      },
    );

    test('updatePasswordPolicyHolders by the SDK', async () => {
      const passwordPolicyHoldersDtoInnerV2024 = [{ policyId: 'p', policyName: 'P', selectors: { identityAttr: [] } }];
      const answer = await new SourcesV2024Api(configurationOf(server())).updatePasswordPolicyHolders({
        sourceId: source.id,
        passwordPolicyHoldersDtoInnerV2024,
      });
      expect([answer.status, answer.data]).toEqual([200, passwordPolicyHoldersDtoInnerV2024]);
    });

    test('are deleted with their source, whose record then has them as all other fields', async () => {
      source = await server().createSource({ connector: 'memory-angularsc', connectorAttributes: { password: 'x' } });
      const path = `/v2025/sources/${source.id}`;
      const put = async (what: string, body: object) =>
        expectStatus(await server().api.send('PUT', `${path}/${what}`, body), 200);
      await put('attribute-sync-config', { source: {}, attributes: [mail] });
      await put('native-change-detection-config', detection);
      await put('correlation-config', { attributeAssignments: [] });
      const schedule = { type: 'ACCOUNT_AGGREGATION', cronExpression: '0 0 5 * * ?' };
      expectStatus(await server().api.send('POST', `${path}/schedules`, schedule), 201);
      const policy = { name: 'Account', usageType: 'CREATE', fields: [] };
      expectStatus(await server().api.send('POST', `${path}/provisioning-policies`, policy), 201);
      const config = { accessRequestConfig: { requestCommentRequired: true } };
      await put('entitlement-request-config', config);
      const { id } = expectStatus(await server().api.send('DELETE', path), 202);
      await server().api.waitForTask(id);
      const filter = encodeURIComponent(`objectId eq "${source.id}" and kind eq "deleted"`);
      const [deletion] = expectStatus(await server().api.get(`/muniment/v1/changes?filters=${filter}`), 200);
      expect(deletion.before).toMatchObject({
        name: source.name,
        attributeSync: [mail],
        nativeChangeDetection: detection,
        correlationConfig: { attributeAssignments: [] },
        schedules: [schedule],
        provisioningPolicies: [policy],
        entitlementRequestConfig: config,
      });
      expect(await violationsIn(server().database.url)).toEqual([]);
    });

    test.each(sdkFamilies)(
      'getSourceAttrSyncConfig, putSourceAttrSyncConfig, getNativeChangeDetectionConfig, putNativeChangeDetectionConfig and deleteNativeChangeDetectionConfig by the SDK %s',
      async (family) => {
        const { id, name } = source;
        const config = { source: { type: 'SOURCE' as const, id, name }, attributes: [mail] };
        const xSailPointExperimental = 'true';
        const beta = new SourcesBetaApi(configurationOf(server()));
        const v2024 = new SourcesV2024Api(configurationOf(server()));
        const isBeta = family === 'beta';
        const put = await (isBeta
          ? beta.putSourceAttrSyncConfig({ id, attrSyncSourceConfigBeta: config })
          : v2024.putSourceAttrSyncConfig({ id, xSailPointExperimental, attrSyncSourceConfigV2024: config }));
        expect(put.data).toEqual(config);
        const read = await (isBeta
          ? beta.getSourceAttrSyncConfig({ id })
          : v2024.getSourceAttrSyncConfig({ id, xSailPointExperimental }));
        expect(read.data).toEqual(config);
        if (isBeta) {
          // The SDK's part for v2024 does not put the id into the path.
          const kept = await beta.putNativeChangeDetectionConfig({
            sourceId: id,
            nativeChangeDetectionConfigBeta: detection,
          });
          expect(kept.data).toEqual(detection);
          expect((await beta.getNativeChangeDetectionConfig({ sourceId: id })).data).toEqual(detection);
          expect((await beta.deleteNativeChangeDetectionConfig({ sourceId: id })).status).toBe(204);
        }
      },
    );
  },
  connectorList,
);
