import { SourcesApi, SourcesBetaApi, SourcesV2024Api } from 'sailpoint-api-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { violationsIn } from '../support/invariants.ts';
import { describeOwnServer, expectStatus, pathIn, plainFamiliesAndV3, queryOf, refusal } from './acceptance.ts';
import { configurationOf, sdkFamilies } from './sdk.ts';

const field = {
  name: 'userName',
  transform: { type: 'rule', attributes: { name: 'Create Unique LDAP Attribute' } },
  attributes: {
    template: '${firstname}.${lastname}${uniqueCounter}',
    cloudMaxUniqueChecks: '50',
    cloudRequired: 'true',
  },
  type: 'string' as const,
  isMultiValued: false,
};
const create = { name: 'Account', description: 'New accounts', usageType: 'CREATE' as const, fields: [field] };
const shown = { ...create, fields: [{ ...field, isRequired: true }] };

describeOwnServer('provisioning policies', {}, (server) => {
  let source: { id: string };
  beforeEach(async () => {
    source = await server().createSource();
  });

  describe.each(plainFamiliesAndV3)('in %s', (family) => {
    const send = (method: string, rest = '', body?: unknown, id = source.id) =>
      server().api.send(method, pathIn(family, `/sources/${id}/provisioning-policies${rest}`), body);

    test('can be created, listed, read, replaced, patched and deleted', async () => {
      expect(expectStatus(await send('GET'), 200)).toEqual([]);
      const disable = { name: 'Leavers', usageType: 'DISABLE' };
      expect(expectStatus(await send('POST', '', disable), 201)).toEqual({ ...disable, fields: [] });
      expect(expectStatus(await send('POST', '', create), 201)).toEqual(shown);
      expect(expectStatus(await send('GET'), 200)).toEqual([shown, { ...disable, fields: [] }]);
      const read = await send('GET', '/CREATE');
      expect(expectStatus(read, 200)).toEqual(shown);
      // What was read can be sent back, and changes nothing.
      const same = await send('PUT', '/CREATE', shown);
      expect([expectStatus(same, 200), same.headers.get('etag')]).toEqual([shown, read.headers.get('etag')]);
      const patch = [
        { op: 'replace', path: '/name', value: null },
        { op: 'add', path: '/fields/-', value: { name: 'mail' } },
      ];
      const mail = { name: 'mail', transform: {}, attributes: {}, type: 'string', isMultiValued: false };
      const patched = { ...shown, name: null, fields: [...shown.fields, { ...mail, isRequired: false }] };
      expect(expectStatus(await send('PATCH', '/CREATE', patch), 200)).toEqual(patched);
      expect(expectStatus(await send('PUT', '/CREATE', { name: 'Empty' }), 200)).toEqual({
        name: 'Empty',
        usageType: 'CREATE',
        fields: [],
      });
      expectStatus(await send('DELETE', '/DISABLE'), 204);
      expect(refusal(await send('GET', '/DISABLE'))).toEqual([
        404,
        `There is no provisioning policy for DISABLE of the source with id "${source.id}".`,
      ]);
      for (const answer of [await send('DELETE', '/DISABLE'), await send('PUT', '/DISABLE', disable)]) {
        expect(answer.status).toBe(404);
      }
    });

    test('can be created and replaced together', async () => {
      expectStatus(await send('POST', '', create), 201);
      const update = { name: 'Changes', usageType: 'UPDATE', fields: [] };
      const other = { name: 'Others', usageType: 'CREATE', fields: [] };
      const enable = { name: 'Back', usageType: 'ENABLE', fields: [] };
      expect(expectStatus(await send('POST', '/bulk-update', [update, other]), 200)).toEqual([update, other]);
      expect(expectStatus(await send('POST', '/bulk-update', [enable]), 200)).toEqual([enable]);
      expect(expectStatus(await send('GET'), 200)).toEqual([other, update, enable]);
      expect(refusal(await send('POST', '/bulk-update', [update, update]))).toEqual([
        400,
        'Field "usageType" is UPDATE in two policies. Send one policy per usage type.',
      ]);
      const many = Array.from({ length: 1000 }, () => update);
      expect(refusal(await send('POST', '/bulk-update', many))[0]).toBe(400);
      expect(refusal(await send('POST', '/bulk-update', [{ name: 'None' }]))).toEqual([
        400,
        expect.stringContaining('Field "0.usageType" is missing.'),
      ]);
      expect(expectStatus(await send('GET'), 200)).toHaveLength(3);
    });

    test('are rejected with the reason', async () => {
      expectStatus(await send('POST', '', create), 201);
      const bad = async (body: object) => refusal(await send('POST', '', { ...create, usageType: 'UPDATE', ...body }));
      expect(await bad({ usageType: 'CREATE' })).toEqual([400, expect.stringContaining('already exists')]);
      expect(await bad({ usageType: 'OTHER' })).toEqual([400, expect.stringContaining('usageType')]);
      expect(await bad({ name: ' ' })).toEqual([400, expect.stringContaining('name')]);
      expect(await bad({ fields: [field, field] })).toEqual([400, expect.stringContaining('Names must differ.')]);
      expect(await bad({ fields: [{ ...field, type: 'blob' }] })).toEqual([400, expect.stringContaining('type')]);
      const fields = Array.from({ length: 501 }, (_, index) => ({ name: `f${index}` }));
      expect(await bad({ fields })).toEqual([400, expect.stringContaining('At most 500 are allowed.')]);
      expect(refusal(await send('PUT', '/CREATE', { ...create, usageType: 'UPDATE' }))).toEqual([
        400,
        expect.stringContaining('It cannot be changed: it is CREATE'),
      ]);
      expect(refusal(await send('GET', '/OTHER'))[0]).toBe(400);
      expect(refusal(await send('POST', '', create, 'none'))[0]).toBe(404);
    });
  });

  test.each(['v2026', 'v1'] as const)('have pages in %s', async (family) => {
    const path = pathIn(family, `/sources/${source.id}/provisioning-policies`);
    for (const usageType of ['CREATE', 'UPDATE', 'DELETE']) {
      expectStatus(await server().api.send('POST', path, { name: usageType, usageType }), 201);
    }
    const page = await server().api.get(`${path}?${queryOf({ offset: 1, limit: 1, count: true })}`);
    expect(expectStatus(page, 200)).toMatchObject([{ usageType: 'UPDATE' }]);
    expect(page.headers.get('x-total-count')).toBe('3');
  });

  test('are in the history of their source and are deleted with it', async () => {
    const path = `/v2025/sources/${source.id}/provisioning-policies`;
    expectStatus(await server().api.send('POST', path, create), 201);
    const query = queryOf({ filters: `objectId eq "${source.id}"` });
    const changes = expectStatus(await server().api.get(`/muniment/v1/changes?${query}`), 200);
    const after = { provisioningPolicies: [create] };
    expect(changes).toContainEqual(expect.objectContaining({ before: { provisioningPolicies: null }, after }));
    const { id } = expectStatus(await server().api.send('DELETE', `/v2025/sources/${source.id}`), 202);
    await server().api.waitForTask(id);
    expect((await server().api.get(path)).status).toBe(404);
    expect(await violationsIn(server().database.url)).toEqual([]);
  });

  test.each([...sdkFamilies, 'v3'] as const)(
    'listProvisioningPolicies, createProvisioningPolicy, getProvisioningPolicy, putProvisioningPolicy, updateProvisioningPolicy, updateProvisioningPoliciesInBulk and deleteProvisioningPolicy by the SDK %s',
    async (family) => {
      const configuration = configurationOf(server());
      const api =
        family === 'beta'
          ? new SourcesBetaApi(configuration)
          : family === 'v3'
            ? new SourcesApi(configuration)
            : new SourcesV2024Api(configuration);
      // The families differ in the names of the body only.
      const body = <T extends object>(value: T) => ({
        provisioningPolicyDto: value,
        provisioningPolicyDtoBeta: value,
        provisioningPolicyDtoV2024: value,
        jsonPatchOperation: value,
        jsonPatchOperationBeta: value,
        jsonPatchOperationV2024: value,
      });
      const call = api as unknown as Record<string, (request: object) => Promise<{ status: number; data: unknown }>>;
      const { id: sourceId } = source;
      const key = { sourceId, usageType: 'CREATE' };
      const created = await call['createProvisioningPolicy']?.({ sourceId, ...body(create) });
      expect([created?.status, created?.data]).toEqual([201, shown]);
      expect((await call['getProvisioningPolicy']?.(key))?.data).toEqual(shown);
      expect((await call['putProvisioningPolicy']?.({ ...key, ...body(create) }))?.data).toEqual(shown);
      const patch = [{ op: 'replace', path: '/description', value: 'Changed' }];
      const patched = { ...shown, description: 'Changed' };
      expect((await call['updateProvisioningPolicy']?.({ ...key, ...body(patch) }))?.data).toEqual(patched);
      const bulk = await call['updateProvisioningPoliciesInBulk']?.({ sourceId, ...body([create]) });
      expect(bulk?.data).toEqual([shown]);
      expect((await call['listProvisioningPolicies']?.({ sourceId }))?.data).toEqual([shown]);
      expect((await call['deleteProvisioningPolicy']?.(key))?.status).toBe(204);
    },
  );
});
