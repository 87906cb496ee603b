import { describe, expect, test } from 'vitest';
import { attributes, describeServer, expectStatus } from './acceptance.ts';

const nested = { hierarchyAttribute: 'memberOf', attributes: attributes('id', 'name', 'memberOf[]') };

describeServer('hierarchies', (server) => {
  const relatives = async (source: { id: string }, value: string, of: 'parents' | 'children'): Promise<string[]> => {
    const found = (await server().entitlementsOf(source)).find((entitlement) => entitlement.value === value);
    const list = await server().api.get(`/v2025/entitlements/${found.id}/${of}?sorters=value`);
    return expectStatus(list, 200).map((entitlement: { value: string }) => entitlement.value);
  };

  test('parents are those in the hierarchy attribute, including ones loaded later', async () => {
    const source = await server().createSource({ deleteThreshold: 100 }, nested);
    await server().load(source, 'id,name,memberOf\nchild,Child,top\nchild,Child,later\ntop,Top,\n');
    expect(await relatives(source, 'child', 'parents')).toEqual(['top']);
    await server().load(source, 'id,name,memberOf\nchild,Child,top\nchild,Child,later\ntop,Top,\nlater,Later,top\n');
    expect(await relatives(source, 'child', 'parents')).toEqual(['later', 'top']);
    expect(await relatives(source, 'top', 'children')).toEqual(['child', 'later']);
    // Only direct and existing ones.
    expect(await relatives(source, 'later', 'parents')).toEqual(['top']);
    await server().load(source, 'id,name,memberOf\nchild,Child,top\nchild,Child,later\nlater,Later,top\n');
    expect(await relatives(source, 'child', 'parents')).toEqual(['later']);
    // A parent removed from the file is removed.
    await server().load(source, 'id,name,memberOf\nchild,Child,\nlater,Later,\n');
    expect(await relatives(source, 'child', 'parents')).toEqual([]);
    expect(await relatives(source, 'later', 'children')).toEqual([]);
  });

  test('cycles and entitlements that are their own parent are accepted', async () => {
    const source = await server().createSource({}, nested);
    await server().load(source, 'id,name,memberOf\na,A,b\nb,B,c\nc,C,a\nc,C,c\n');
    expect(await relatives(source, 'a', 'parents')).toEqual(['b']);
    expect(await relatives(source, 'c', 'parents')).toEqual(['a']);
    expect(await relatives(source, 'c', 'children')).toEqual(['b']);
    const list = await server().api.get(`/v2026/entitlements?filters=source.id+eq+"${source.id}"`);
    expect(expectStatus(list, 200).map((one: { privilegeLevel: object }) => one.privilegeLevel)).toEqual(
      Array.from({ length: 3 }, () => ({ direct: 'NONE', inherited: 'NONE', effective: 'NONE' })),
    );
  });

  test('parents are in the same source and type, with the exact value', async () => {
    const source = await server().createSource({}, nested);
    const other = await server().createSource({}, nested);
    await server().load(other, 'id,name,memberOf\nParent,Parent,\n');
    await server().load(source, 'id,name,memberOf\nchild,Child,Parent\nparent,In lower case,\n');
    expect(await relatives(source, 'child', 'parents')).toEqual([]);
    expect(await relatives(other, 'Parent', 'children')).toEqual([]);
  });
});

describeServer('the attribute of entitlements', (server) => {
  const attributesOf = async (source: { id: string }): Promise<(string | null)[]> =>
    (await server().entitlementsOf(source)).map(({ attribute }) => attribute);
  const schemas = async (source: { id: string }) => {
    const path = `/v2025/sources/${source.id}/schemas`;
    const [account, group] = expectStatus(await server().api.get(path), 200);
    return {
      account,
      group,
      change: async (value: object): Promise<void> => {
        const patch = [{ op: 'replace', path: '/attributes', value }];
        expectStatus(await server().api.send('PATCH', `${path}/${account.id}`, patch), 200);
      },
    };
  };

  describe('is that of the account schema which links to their schema', () => {
    test('created before or after the load, changed or removed', async () => {
      const source = await server().createSource();
      const { account, group, change } = await schemas(source);
      await server().load(source, 'id,name\na,Alpha\n');
      expect(await attributesOf(source)).toEqual(['groups']);
      const byValue = async (attribute: string): Promise<number> => {
        const filter = encodeURIComponent(`source.id eq "${source.id}" and attribute eq "${attribute}"`);
        return expectStatus(await server().api.get(`/v2025/entitlements?filters=${filter}`), 200).length;
      };
      await change(attributes('id', 'name'));
      expect(await attributesOf(source)).toEqual([null]);
      expect(await byValue('groups')).toBe(0);
      const link = { schema: { type: 'CONNECTOR_SCHEMA', id: group.id }, isMulti: true };
      await change([...attributes('id', 'name'), { name: 'memberships', ...link, isGroup: true }]);
      expect(await attributesOf(source)).toEqual(['memberships']);
      expect([await byValue('MEMBERSHIPS'), await byValue('groups')]).toEqual([1, 0]);
      // A link alone does not make the values entitlements.
      await change([...attributes('id', 'name'), { name: 'memberships', ...link }]);
      expect(await attributesOf(source)).toEqual([null]);
      await change([...attributes('id', 'name'), { name: 'rights', ...link, isEntitlement: true }]);
      expect(await attributesOf(source)).toEqual(['rights']);
      expect(account.name).toBe('account');
    });

    test('and null for a schema without a link', async () => {
      const source = await server().createSource();
      const role = { name: 'role', identityAttribute: 'key', attributes: attributes('key', 'title') };
      expectStatus(await server().api.send('POST', `/v2025/sources/${source.id}/schemas`, role), 201);
      await server().load(source, 'key,title\nr,Role\n');
      expect(await attributesOf(source)).toEqual([null]);
    });
  });
});
