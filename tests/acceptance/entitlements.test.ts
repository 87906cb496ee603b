import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus, pathIn, plainFamilies, queryOf } from './acceptance.ts';

describeServer('entitlements', (server) => {
  let source: { id: string; name: string };
  beforeAll(async () => {
    const schema = { hierarchyAttribute: 'groups', includePermissions: true };
    source = await server().createSource(
      {},
      { ...schema, attributes: attributes('id', 'name', 'description', 'groups[]') },
    );
    await server().load(source, 'id,name,description,groups,permissions\na,Alpha,First,b,server|start\nb,Beta,,,\n');
  });

  describe.each(plainFamilies)('in %s', (family) => {
    const get = (path: string, query = ''): Promise<Answer> => server().api.get(`${pathIn(family, path)}?${query}`);
    const list = async (more: object = {}): Promise<Answer['body'][]> => {
      const parameters = { filters: `source.id eq "${source.id}"`, sorters: 'value', ...more };
      return expectStatus(await get('/entitlements', queryOf(parameters)), 200);
    };

    test('listEntitlements and getEntitlement show the same, whole entity', async () => {
      const [entitlement] = await list({ limit: 1 });
      const answer = await get(`/entitlements/${entitlement.id}`);
      expect([answer.body, answer.headers.get('etag')]).toEqual([entitlement, '"1"']);
      const ofFamily =
        family === 'v2025'
          ? { privileged: false, additionalOwners: null }
          : { privilegeLevel: { direct: 'NONE', inherited: 'NONE', effective: 'NONE' }, tags: [] };
      const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(entitlement).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        name: 'Alpha',
        attribute: 'groups',
        value: 'a',
        sourceSchemaObjectType: 'group',
        description: 'First',
        cloudGoverned: false,
        requestable: false,
        owner: null,
        manuallyUpdatedFields: { DISPLAY_NAME: false, DESCRIPTION: false },
        accessModelMetadata: { attributes: [] },
        created: time,
        modified: time,
        source: { type: 'SOURCE', id: source.id, name: source.name },
        attributes: { id: 'a', name: 'Alpha', description: 'First', groups: ['b'] },
        segments: null,
        directPermissions: [{ rights: ['start'], target: 'server' }],
        ...ofFamily,
      });
    });

    test('listEntitlementParents and listEntitlementChildren show the same entities as the list', async () => {
      const [a, b] = await list();
      const parents = await get(`/entitlements/${a.id}/parents`, 'count=true');
      expect([parents.headers.get('x-total-count'), parents.body]).toEqual(['1', [b]]);
      const children = await get(`/entitlements/${b.id}/children`, 'sorters=-name&limit=5');
      expect([children.headers.get('x-total-count'), children.body]).toEqual([null, [a]]);
      expect((await get(`/entitlements/${a.id}/children`)).body).toEqual([]);
    });
  });
});
