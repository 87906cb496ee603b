import { randomBytes } from 'node:crypto';
import {
  AccessModelMetadataBetaApi,
  AccessModelMetadataV2024Api,
  EntitlementsBetaApi,
  EntitlementsV2024Api,
} from 'sailpoint-api-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { contractFamilies } from '../../src/api/families.ts';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, plainFamilies, queryOf, refusal } from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies } from './sdk.ts';

const attributes = '/access-model-metadata/attributes';
const bulkUpdate = '/access-model-metadata/bulk-update';

/** Attributes cannot be deleted: on a server with other users each run needs new names. */
const unique = (): string => `T${randomBytes(5).toString('hex')}`;

describeServer('access model metadata', (server) => {
  const create = async (body: object): Promise<Answer['body']> =>
    expectStatus(await server().api.send('POST', `/v2025${attributes}`, body), 201);
  let source: { id: string };
  let id: string;
  beforeAll(async () => {
    source = await server().createSource();
    await server().load(source, 'id,name\na,Alpha\nb,Beta\nc,Gamma\n');
    [{ id }] = (await server().entitlementsOf(source)) as [{ id: string }];
  });
  const metadataOf = async (entitlement = id): Promise<Record<string, string[]>> => {
    const { accessModelMetadata } = expectStatus(await server().api.get(`/v2025/entitlements/${entitlement}`), 200);
    const shown = accessModelMetadata.attributes as { key: string; values: { value: string }[] }[];
    return Object.fromEntries(shown.map(({ key, values }) => [key, values.map(({ value }) => value)]));
  };
  const setMetadata = async (...shown: object[]): Promise<Answer> =>
    server().api.send('PATCH', `/v2025/entitlements/${id}`, [
      { op: 'replace', path: '/accessModelMetadata', value: { attributes: shown } },
    ]);

  describe.each(sdkFamilies)('by the SDK: %s', (family) => {
    const apis = () => {
      const configuration = configurationOf(server());
      return family === 'beta'
        ? {
            metadata: new AccessModelMetadataBetaApi(configuration),
            entitlements: new EntitlementsBetaApi(configuration),
          }
        : {
            metadata: new AccessModelMetadataV2024Api(configuration),
            entitlements: new EntitlementsV2024Api(configuration),
          };
    };

    test('listAccessModelMetadataAttribute, getAccessModelMetadataAttribute and their values', async () => {
      const { metadata } = apis();
      const { data } = await metadata.listAccessModelMetadataAttribute({ filters: 'key eq "iscPrivacy"' });
      expect(data).toMatchObject([
        { key: 'iscPrivacy', name: 'Privacy', multiselect: false, status: 'active', type: 'governance' },
      ]);
      expect((await metadata.getAccessModelMetadataAttribute({ key: 'iscPrivacy' })).data).toEqual(data[0]);
      const values = await metadata.listAccessModelMetadataAttributeValue({ key: 'iscPrivacy' });
      expect(values.data).toEqual(data[0]?.values);
      const value = await metadata.getAccessModelMetadataAttributeValue({ key: 'iscPrivacy', value: 'public' });
      expect(value.data).toEqual({ value: 'public', name: 'Public', status: 'active' });
      const { status } = await refusalOf(metadata.getAccessModelMetadataAttribute({ key: 'none' }));
      expect(status).toBe(404);
    });

    test('createAccessModelMetadataForEntitlement and deleteAccessModelMetadataFromEntitlement', async () => {
      await setMetadata();
      const { entitlements } = apis();
      const value = { id, attributeKey: 'iscRisk', attributeValue: 'high', xSailPointExperimental: 'true' };
      const added = await entitlements.createAccessModelMetadataForEntitlement(value);
      expect(added.status).toBe(201);
      expect(added.data.accessModelMetadata?.attributes).toMatchObject([
        { key: 'iscRisk', name: 'Risk', values: [{ value: 'high', name: 'High' }] },
      ]);
      const removed = await entitlements.deleteAccessModelMetadataFromEntitlement(value);
      expect([removed.status, removed.data]).toEqual([200, '']);
      expect(await metadataOf()).toEqual({});
    });
  });

  test.each(plainFamilies)(
    'by HTTP in %s: createAccessModelMetadataAttribute, updateAccessModelMetadataAttribute and their values',
    async (family) => {
      const { api } = server();
      const name = unique();
      const path = pathIn(family, attributes);
      const body = { name: `${name} Office`, description: 'Where', values: [{ name: 'Head Office' }] };
      const made = await api.send('POST', path, body);
      const key = `${name.toLowerCase()}Office`;
      expect([made.headers.get('etag'), expectStatus(made, 201)]).toEqual([
        '"1"',
        {
          key,
          name: body.name,
          multiselect: false,
          status: 'active',
          type: 'custom',
          objectTypes: ['general'],
          description: 'Where',
          values: [{ value: 'headOffice', name: 'Head Office', status: 'active' }],
        },
      ]);
      const one = `${path}/${key}`;
      // listAccessModelMetadataAttribute and getAccessModelMetadataAttribute
      expect((await api.get(one)).body).toEqual(made.body);
      const query = queryOf({ filters: `name eq "${body.name}"`, sorters: '-name,key', count: true, limit: 1 });
      const list = await api.get(`${path}?${query}`);
      expect([list.headers.get('x-total-count'), list.body]).toEqual(['1', [made.body]]);

      // createAccessModelMetadataAttributeValue, updateAccessModelMetadataAttributeValue,
      // getAccessModelMetadataAttributeValue and listAccessModelMetadataAttributeValue
      const value = await api.send('POST', `${one}/values`, { name: 'Warehouse' }, { 'if-match': '"1"' });
      expect(expectStatus(value, 201)).toEqual({ value: 'warehouse', name: 'Warehouse', status: 'active' });
      const rename = [{ op: 'replace', path: '/name', value: 'Depot' }];
      expect((await api.send('PATCH', `${one}/values/warehouse`, rename, { 'if-match': '"1"' })).status).toBe(412);
      const renamed = await api.send('PATCH', `${one}/values/warehouse`, rename, { 'if-match': '"2"' });
      expect(expectStatus(renamed, 200)).toEqual({ value: 'warehouse', name: 'Depot', status: 'active' });
      expect((await api.get(`${one}/values/warehouse`)).body).toEqual(renamed.body);
      const values = await api.get(`${one}/values?count=true&offset=1&limit=1`);
      expect([values.headers.get('x-total-count'), values.body]).toEqual(['2', [renamed.body]]);

      const patched = await api.send('PATCH', one, [
        { op: 'replace', path: '/name', value: `${name} Place` },
        { op: 'remove', path: '/description' },
        { op: 'replace', path: '/multiselect', value: true },
        { op: 'add', path: '/values/-', value: { name: 'Shop' } },
      ]);
      const { description: _description, ...rest } = made.body;
      expect(expectStatus(patched, 200)).toEqual({
        ...rest,
        name: `${name} Place`,
        multiselect: true,
        values: [...made.body.values, renamed.body, { value: 'shop', name: 'Shop', status: 'active' }],
      });
      for (const missing of ['none', 'none/values', 'none/values/x', `${key}/values/none`]) {
        expect((await api.get(`${path}/${missing}`)).status, missing).toBe(404);
      }
    },
  );

  test('what is wrong with an attribute is said', async () => {
    const name = unique();
    await create({ name });
    for (const [body, reason] of [
      [{}, 'Field "name" is required.'],
      [{ name: ' ' }, 'It must not be blank.'],
      [{ name }, `A metadata attribute with key "${name.toLowerCase()}" already exists.`],
      [{ name: 'x', key: 'a b' }, 'Field "key" is "a b". It must consist of'],
      [{ name: 'x', key: 'iscThing' }, 'Send another key.'],
      [{ name: 'x', type: 'governance' }, 'Field "type" is "governance". It must be one of custom.'],
      [{ name: 'x', status: 'inactive' }, 'Field "status" is "inactive". It must be one of active.'],
      [{ name: 'x', isAdhoc: true }, 'Field "isAdhoc" is true. It must be false.'],
      [{ name: 'x', objectTypes: ['thing'] }, 'It must be one of general, all, entitlement, role, accessProfile.'],
      [{ name: 'x', values: [{ name: 'a' }, { name: 'A' }] }, 'has the value "a" twice'],
      [{ name: 'x', values: [{ value: 'a' }] }, 'Field "values.0.name" is required.'],
      [{ name: 'x', colour: 'red' }, 'Field "colour" is unknown.'],
    ] as const) {
      const answer = await server().api.send('POST', `/v2025${attributes}`, body);
      expect(refusal(answer), JSON.stringify(body)).toEqual([400, expect.stringContaining(reason)]);
    }
    const one = `/v2025${attributes}/iscPrivacy`;
    for (const [operation, reason] of [
      [{ op: 'replace', path: '/key', value: 'x' }, '"/key" cannot be patched'],
      [{ op: 'replace', path: '/type', value: 'custom' }, '"/type" cannot be patched'],
      [{ op: 'remove', path: '/values/0' }, 'Values can be added and renamed but not removed'],
    ] as const) {
      expect(refusal(await server().api.send('PATCH', one, [operation]))).toEqual([
        400,
        expect.stringContaining(reason),
      ]);
    }
  });

  test.each(contractFamilies)('%s adds and removes values of an entitlement, in the older form', async (family) => {
    const { api } = server();
    const { key, name } = await create({ name: unique(), multiselect: true, values: [{ name: 'A' }, { name: 'B' }] });
    await setMetadata();
    const path = (entitlement: string, attribute: string, value: string): string =>
      pathIn(family, `/entitlements/${entitlement}/access-model-metadata/${attribute}/values/${value}`);
    const added = expectStatus(await api.send('POST', path(id, key, 'b')), 201);
    expect(added).toMatchObject({ privileged: false, additionalOwners: null });
    const { etag } = Object.fromEntries((await api.send('POST', path(id, key, 'a'))).headers);
    // The same again changes nothing.
    expect((await api.send('POST', path(id, key, 'a'))).headers.get('etag')).toBe(etag);
    expect(await metadataOf()).toEqual({ [key]: ['a', 'b'] });
    const renamed = await api.send('PATCH', `/v2025${attributes}/${key}`, [
      { op: 'replace', path: '/name', value: `${name} II` },
    ]);
    expectStatus(renamed, 200);
    const listed = await api.get(`${pathIn(family, '/entitlements')}?${queryOf({ filters: `id eq "${id}"` })}`);
    expect(listed.body[0].accessModelMetadata.attributes).toEqual([
      {
        key,
        name: `${name} II`,
        multiselect: true,
        status: 'active',
        type: 'custom',
        objectTypes: ['general'],
        values: [
          { value: 'a', name: 'A', status: 'active' },
          { value: 'b', name: 'B', status: 'active' },
        ],
      },
    ]);
    expect((await api.send('DELETE', path(id, key, 'a'), undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect(expectStatus(await api.send('DELETE', path(id, key, 'a')), 200)).toBe('');
    expect(await metadataOf()).toEqual({ [key]: ['b'] });
    for (const method of ['POST', 'DELETE']) {
      for (const missing of [path('f'.repeat(32), key, 'a'), path(id, 'none', 'a'), path(id, key, 'none')]) {
        expect((await api.send(method, missing)).status, `${method} ${missing}`).toBe(404);
      }
    }
    expect((await api.send('DELETE', path(id, key, 'a'))).status).toBe(404);
  });

  test('what an entitlement cannot have is refused', async () => {
    const { api } = server();
    const role = await create({ name: unique(), objectTypes: ['role'], values: [{ name: 'A' }] });
    const risk = (...values: string[]): object => ({ key: 'iscRisk', values: values.map((value) => ({ value })) });
    expectStatus(await setMetadata(risk('low')), 200);
    const value = `/v2025/entitlements/${id}/access-model-metadata`;
    for (const [answer, reason] of [
      [
        await api.send('POST', `${value}/iscRisk/values/high`),
        '"iscRisk" would have the values high, low. It takes one',
      ],
      [await api.send('POST', `${value}/${role.key}/values/a`), 'is for objects of type role, not for entitlements'],
      [await setMetadata(risk('low', 'high')), 'It takes one value'],
      [await setMetadata({ key: role.key, values: [{ value: 'a' }] }), 'not for entitlements'],
      [
        await setMetadata({ key: 'none', values: [{ value: 'a' }] }),
        'Referenced metadata attribute "none" was not found',
      ],
      [
        await setMetadata(risk('low'), { key: 'none', values: [] }),
        'Referenced metadata attribute "none" was not found',
      ],
      [await setMetadata(risk('none')), 'Referenced value of metadata attribute "iscRisk" "none" was not found'],
    ] as const) {
      expect(refusal(answer)).toEqual([400, expect.stringContaining(reason)]);
    }
    expect(await metadataOf()).toEqual({ iscRisk: ['low'] });
    // An attribute that exists can be sent without values.
    expectStatus(await setMetadata(risk('low'), { key: 'iscPrivacy', values: [] }), 200);
    expect(await metadataOf()).toEqual({ iscRisk: ['low'] });
    expectStatus(await setMetadata(risk()), 200);
    expect(await metadataOf()).toEqual({});
  });

  test('beta filters and sorts the values of an attribute', async () => {
    const names = ['Gamma', 'alpha', 'Beta'];
    const { key } = await create({ name: unique(), values: names.map((name) => ({ name })) });
    const path = `/access-model-metadata/attributes/${key}/values`;
    const list = async (query: Record<string, string | number>) => {
      const answer = await server().api.get(`/beta${path}?${queryOf({ count: 'true', ...query })}`);
      const found = expectStatus(answer, 200).map(({ name }: { name: string }) => name);
      return [found, answer.headers.get('x-total-count')];
    };
    expect(await list({})).toEqual([names, '3']);
    expect(await list({ sorters: '-name', limit: 2 })).toEqual([['Gamma', 'Beta'], '3']);
    expect(await list({ filters: 'name sw "ALP" or value in ("beta")', sorters: 'value' })).toEqual([
      ['alpha', 'Beta'],
      '2',
    ]);
    expect(await list({ filters: 'status eq "none"' })).toEqual([[], '0']);
    for (const [query, reason] of [
      [{ filters: 'key eq "x"' }, 'The fields are value, name, status.'],
      [{ filters: 'name co "x"' }, 'does not support the operator "co"'],
      [{ sorters: 'created' }, 'The fields are value, name, status.'],
    ] as const) {
      const answer = await server().api.get(`/beta${path}?${queryOf(query)}`);
      expect(refusal(answer)).toEqual([400, expect.stringContaining(reason)]);
    }
  });

  test('values that an entitlement has can be removed one by one after multiselect is set to false', async () => {
    const { api } = server();
    const { key } = await create({
      name: unique(),
      multiselect: true,
      values: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
    });
    expectStatus(await setMetadata({ key, values: [{ value: 'a' }, { value: 'b' }] }), 200);
    await api.send('PATCH', `/v2025${attributes}/${key}`, [{ op: 'replace', path: '/multiselect', value: false }]);
    const value = `/v2025/entitlements/${id}/access-model-metadata/${key}/values`;
    expect((await api.send('POST', `${value}/c`)).status).toBe(400);
    expectStatus(
      await api.send('PATCH', `/v2025/entitlements/${id}`, [{ op: 'replace', path: '/requestable', value: true }]),
      200,
    );
    expectStatus(await api.send('DELETE', `${value}/a`), 200);
    expect(await metadataOf()).toEqual({ [key]: ['b'] });
  });

  describe.each(plainFamilies)('a bulk update in %s', (family) => {
    const post = (how: string, body: object): Promise<Answer> =>
      server().api.send('POST', pathIn(family, `${bulkUpdate}/${how}`), body);
    const risk = (...values: string[]): object => ({ values: [{ attribute: 'iscRisk', values }] });

    test('updateAccessModelMetadataByIds and updateAccessModelMetadataByFilter', async () => {
      const [, second, third] = (await server().entitlementsOf(source)).map((one) => one.id as string);
      expectStatus(await setMetadata(), 200);
      const entitlements = [second, third, 'nothing'];
      const cleared = { operation: 'REPLACE', replaceScope: 'ALL', values: [{ attribute: 'iscRisk', values: null }] };
      const first = expectStatus(await post('ids', { entitlements, ...cleared }), 200);
      expect(first).toEqual({
        id: expect.any(String),
        type: 'Entitlement',
        status: 'CREATED',
        created: expect.stringMatching(/Z$/),
      });
      expect(await server().api.waitForTask(first.id)).toMatchObject({
        completionStatus: 'WARNING',
        uniqueName: 'Metadata Update',
        attributes: { total: 3, failed: 1 },
        messages: [{ localizedText: { message: 'There is no entitlement with id "nothing".' } }],
      });
      const problems = await server().api.get(`/muniment/v1/tasks/${first.id}/problems`);
      expect(problems.body).toBe('lines,problem\r\n,"There is no entitlement with id ""nothing""."\r\n');

      const filters = `source.id eq "${source.id}" and not (name sw "Al")`;
      const add = { filters, operation: 'add', replaceScope: 'attribute', ...risk('high') };
      const { id: task } = expectStatus(await post('filter', add), 200);
      expect(await server().api.waitForTask(task)).toMatchObject({
        completionStatus: 'SUCCESS',
        attributes: { total: 2, updated: 2, failed: 0 },
      });
      expect([await metadataOf(), await metadataOf(second), await metadataOf(third)]).toEqual([
        {},
        { iscRisk: ['high'] },
        { iscRisk: ['high'] },
      ]);
      const changes = await server().api.get(`/muniment/v1/changes?${queryOf({ filters: `taskId eq "${task}"` })}`);
      expect(changes.body).toHaveLength(2);
      expect(changes.body[0]).toMatchObject({
        objectType: 'ENTITLEMENT',
        before: { accessModelMetadata: null },
        after: { accessModelMetadata: { attributes: [{ key: 'iscRisk', values: [{ value: 'high' }] }] } },
      });
    });

    test('says what is wrong with it, and updateAccessModelMetadataByQuery needs Search', async () => {
      const ids = { entitlements: [id], operation: 'ADD' };
      for (const [body, reason] of [
        [
          { ...ids, operation: 'MERGE', ...risk('high') },
          'Field "operation" is "MERGE". It must be one of ADD, REMOVE',
        ],
        [{ ...ids, replaceScope: 'SOME', ...risk('high') }, 'Field "replaceScope" is "SOME".'],
        [{ ...ids, ...risk('high', 'low') }, 'It takes one value'],
        [{ ...ids, ...risk() }, 'Field "values.0.values" has no values.'],
        [{ ...ids, ...risk('none') }, 'Referenced value of metadata attribute "iscRisk" "none" was not found.'],
        [{ ...ids, operation: 'REMOVE', values: [{ attribute: 'no', values: null }] }, 'attribute "no" was not found'],
        [{ ...ids, values: [] }, 'Field "values" is []. It must have at least 1 item.'],
        [{ ...ids, entitlements: [], ...risk('high') }, 'Field "entitlements" is []'],
        [{ ...ids, entitlements: ['a\0b'], ...risk('high') }, 'Field "entitlements.0" contains a NUL character'],
        [{ ...ids, entitlements: Array.from({ length: 3001 }, () => id), ...risk('high') }, 'at most 3000 items'],
      ] as const) {
        expect(refusal(await post('ids', body))).toEqual([400, expect.stringContaining(reason)]);
      }
      for (const [filters, reason] of [
        [' ', 'Field "filters" is blank.'],
        ['colour eq "red"', 'colour'],
      ] as const) {
        const answer = await post('filter', { filters, operation: 'ADD', ...risk('high') });
        expect(refusal(answer)).toEqual([400, expect.stringContaining(reason)]);
      }
      const query = await post('query', { query: { query: { query: 'x' } }, operation: 'ADD', ...risk('high') });
      expect(refusal(query)).toEqual([501, expect.stringContaining('needs Search')]);
    });
  });
});
