import {
  EntitlementsBetaApi,
  EntitlementsV2024Api,
  type JsonPatchOperationV2024,
  Paginator,
  SourcesBetaApi,
} from 'sailpoint-api-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { attributes, describeServer } from './acceptance.ts';
import { configurationOf, refusalOf, sdkFamilies, sdkOf } from './sdk.ts';

const file = [
  'id,name,description,groups',
  'cn=admins,Administrators,May do everything,cn=staff',
  'cn=staff,Staff,,',
  '"cn=r+d, lab",R+D Lab,"Says ""hello"", twice",cn=staff',
].join('\n');

describeServer('entitlements by the SDK', (server) => {
  let source: { id: string; name: string };
  beforeAll(async () => {
    source = await server().createSource(
      {},
      { hierarchyAttribute: 'groups', attributes: attributes('id', 'name', 'description', 'groups[]') },
    );
    await server().load(source, file);
  });
  const ofSource = (): string => `source.id eq "${source.id}"`;

  describe.each(sdkFamilies)('%s', (family) => {
    const api = (): EntitlementsBetaApi | EntitlementsV2024Api => sdkOf(server(), family).entitlements;
    const one = async (value: string): Promise<{ id: string }> => {
      const { data } = await api().listEntitlements({ filters: `${ofSource()} and value eq "${value}"` });
      expect(data).toHaveLength(1);
      return { id: data[0]?.id ?? '' };
    };
    const patch = (id: string, operations: JsonPatchOperationV2024[]) =>
      api().patchEntitlement({
        id,
        xSailPointExperimental: 'true',
        jsonPatchOperationBeta: operations,
        jsonPatchOperationV2024: operations,
      });

    test('listEntitlements filters, sorts, pages and counts', async () => {
      const all = await api().listEntitlements({ filters: ofSource(), sorters: '-name', count: true, limit: 2 });
      expect(all.status).toBe(200);
      expect(all.headers['x-total-count']).toBe('3');
      expect(all.data.map(({ name }) => name)).toEqual(['Staff', 'R+D Lab']);
      const rest = await api().listEntitlements({ filters: ofSource(), sorters: '-name', offset: 2 });
      expect(rest.headers['x-total-count']).toBeUndefined();
      expect(rest.data.map(({ name }) => name)).toEqual(['Administrators']);
      // The SDK sends spaces as "+" and a plus as "%2B".
      const odd = await api().listEntitlements({ filters: `${ofSource()} and name eq "r+d lab"` });
      expect(odd.data).toMatchObject([{ value: 'cn=r+d, lab', description: 'Says "hello", twice' }]);
    });

    test('getEntitlement shows the whole entity', async () => {
      const { id } = await one('cn=admins');
      const { data } = await api().getEntitlement({ id });
      expect(data).toEqual({
        id,
        name: 'Administrators',
        value: 'cn=admins',
        attribute: 'groups',
        sourceSchemaObjectType: 'group',
        description: 'May do everything',
        privileged: false,
        cloudGoverned: false,
        requestable: false,
        owner: null,
        additionalOwners: null,
        manuallyUpdatedFields: { DISPLAY_NAME: false, DESCRIPTION: false },
        accessModelMetadata: { attributes: [] },
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        modified: expect.stringMatching(/Z$/),
        source: { type: 'SOURCE', id: source.id, name: source.name },
        attributes: { id: 'cn=admins', name: 'Administrators', description: 'May do everything', groups: ['cn=staff'] },
        segments: null,
        directPermissions: [],
      });
    });

    test('patchEntitlement changes it, with the name of the owner filled in', async () => {
      const { id } = await one('cn=admins');
      const owner = { type: 'IDENTITY', id: server().identityId };
      const segment = await server().createSegment();
      const { data, status } = await patch(id, [
        { op: 'replace', path: '/requestable', value: true },
        { op: 'replace', path: '/privileged', value: true },
        { op: 'add', path: '/owner', value: owner },
        { op: 'add', path: '/segments/-', value: segment.id },
        { op: 'replace', path: '/description', value: `By ${family}` },
      ]);
      expect(status).toBe(200);
      expect(data).toMatchObject({
        requestable: true,
        privileged: true,
        owner: { ...owner, name: expect.any(String) },
        segments: [segment.id],
        description: `By ${family}`,
        manuallyUpdatedFields: { DISPLAY_NAME: false, DESCRIPTION: true },
      });
      expect((await api().getEntitlement({ id })).data).toEqual(data);
      await patch(id, [
        { op: 'replace', path: '/requestable', value: false },
        { op: 'replace', path: '/privileged', value: false },
        // Members that the SDK omits are null.
        { op: 'replace', path: '/owner' },
        { op: 'replace', path: '/segments' },
        {
          op: 'replace',
          path: '/manuallyUpdatedFields',
          value: { DISPLAY_NAME: false, DESCRIPTION: false },
        },
      ]);
      expect((await api().getEntitlement({ id })).data).toMatchObject({
        owner: null,
        segments: null,
        description: 'May do everything',
      });
    });

    test('patchEntitlement without a body is a 400 with advice', async () => {
      const { id } = await one('cn=admins');
      const { status, body } = await refusalOf(api().patchEntitlement({ id, xSailPointExperimental: 'true' }));
      expect(status).toBe(400);
      expect(body.detailCode).toBe('400.0 Bad request syntax');
      expect(body.messages[0].text).toContain('a JSON Patch is an array of operations');
    });

    test('listEntitlementParents and listEntitlementChildren follow the hierarchy', async () => {
      const [admins, staff] = [await one('cn=admins'), await one('cn=staff')];
      const parents = await api().listEntitlementParents({ ...admins, count: true });
      expect(parents.data.map(({ value }) => value)).toEqual(['cn=staff']);
      expect(parents.headers['x-total-count']).toBe('1');
      const children = await api().listEntitlementChildren({ ...staff, sorters: 'value', filters: 'name sw "r"' });
      expect(children.data.map(({ value }) => value)).toEqual(['cn=r+d, lab']);
      expect((await api().listEntitlementParents({ ...staff })).data).toEqual([]);
      expect((await api().listEntitlementChildren({ ...staff, sorters: '-value', limit: 1 })).data).toMatchObject([
        { value: 'cn=r+d, lab' },
      ]);
    });

    test('an unknown entitlement is a 404 in every operation on one', async () => {
      const id = 'f'.repeat(32);
      for (const call of [
        () => api().getEntitlement({ id }),
        () => patch(id, []),
        () => api().listEntitlementParents({ id }),
        () => api().listEntitlementChildren({ id }),
      ]) {
        const { status, body } = await refusalOf(call());
        expect([status, body.detailCode, body.messages[0].text]).toEqual([
          404,
          '404 Not found',
          `There is no entitlement with id "${id}".`,
        ]);
      }
    });
  });

  test('the Paginator reads everything, page by page', async () => {
    const api = new EntitlementsV2024Api(configurationOf(server()));
    const rows = Array.from({ length: 60 }, (_, index) => `g${index},Group ${index}`);
    const many = await server().createSource();
    await server().load(many, `id,name\n${rows.join('\n')}`);
    const filters = `source.id eq "${many.id}"`;
    // A full last page is followed by an empty one.
    for (const increment of [7, 20, 60]) {
      const { data } = await Paginator.paginate(api, api.listEntitlements, { filters, sorters: 'name' }, increment);
      expect(new Set(data.map(({ id }) => id)).size, `pages of ${increment}`).toBe(60);
    }
  });

  test('importEntitlements (beta) and importEntitlementsBySource aggregate a file', async () => {
    const configuration = configurationOf(server());
    const csv = (text: string): File => new File([text], 'groups.csv', { type: 'text/csv' });
    const { id } = await server().createSource();
    const first = await new SourcesBetaApi(configuration).importEntitlements({
      sourceId: id,
      file: csv('id,name\na,Alpha\n'),
    });
    expect([first.status, first.data.uniqueName]).toEqual([202, 'Cloud Group Aggregation']);
    expect(first.data.returns?.map(({ attributeName }) => attributeName)).toEqual([
      'applications',
      'total',
      'groupsCreated',
      'groupsUpdated',
      'groupsDeleted',
    ]);
    await server().api.waitForTask(first.data.id ?? '');
    let names = ['Alpha'];
    for (const Api of [EntitlementsBetaApi, EntitlementsV2024Api]) {
      names = [...names, `Beta ${names.length}`];
      const text = `id,name\n${names.map((name) => `${name.at(-1)},${name}`).join('\n')}`;
      const { status, data } = await new Api(configuration).importEntitlementsBySource({ id, csvFile: csv(text) });
      expect([status, data.uniqueName]).toEqual([202, 'Cloud Group Aggregation']);
      const task = await server().api.waitForTask(data.id ?? '');
      expect(task).toMatchObject({ completionStatus: 'SUCCESS', attributes: { groupsCreated: 1 } });
    }
  });

  test('the empty multipart body that the SDK sends without a file is a 400 on a delimited-file source', async () => {
    const configuration = configurationOf(server());
    for (const call of [
      () => new EntitlementsBetaApi(configuration).importEntitlementsBySource({ id: source.id }),
      () => new EntitlementsV2024Api(configuration).importEntitlementsBySource({ id: source.id }),
      () => new SourcesBetaApi(configuration).importEntitlements({ sourceId: source.id }),
    ]) {
      const { status, body } = await refusalOf(call());
      expect([status, body.messages[0].text]).toEqual([400, expect.stringContaining('reads files: send a CSV file')]);
    }
  });
});
