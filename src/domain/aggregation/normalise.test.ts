import { describe, expect, test } from 'vitest';
import { entitlementNormaliser } from './normalise.ts';

const schema = {
  name: 'group',
  identityAttribute: 'id',
  displayAttribute: 'name',
  hierarchyAttribute: 'memberOf',
  includePermissions: true,
  attributes: [
    { name: 'id', type: 'STRING', isMulti: false },
    { name: 'name', type: 'STRING', isMulti: false },
    { name: 'description', type: 'STRING', isMulti: false },
    { name: 'privileged', type: 'BOOLEAN', isMulti: false },
    { name: 'members', type: 'INT', isMulti: false },
    { name: 'memberOf', type: 'STRING', isMulti: true },
  ],
};
const columns = ['id', 'name', 'description', 'privileged', 'members', 'memberOf', 'permissions'];

function normalise(...rows: string[][]) {
  const group = { key: 'g', rows: rows.map((cells, index) => ({ line: index + 2, cells })) };
  return entitlementNormaliser(schema, columns)(group);
}

describe('entitlementNormaliser', () => {
  test('takes name, description, privilege, typed attributes, parents and permissions from one row', () => {
    expect(normalise(['g', 'Group', 'A group.', 'true', '12', 'parent', 'server|read, write'])).toMatchObject({
      value: 'g',
      displayName: 'Group',
      description: 'A group.',
      privilege: 'HIGH',
      attributes: {
        id: 'g',
        name: 'Group',
        description: 'A group.',
        privileged: true,
        members: 12,
        memberOf: ['parent'],
      },
      permissions: [{ target: 'server', rights: ['read', 'write'] }],
      parents: ['parent'],
    });
  });

  test('unites multi-valued columns in order, case-exact, each value once', () => {
    const object = normalise(
      ['g', 'Group', '', '', '', 'b', ''],
      ['g', 'Group', '', '', '', 'a', ''],
      ['g', 'Group', '', '', '', 'B', ''],
      ['g', 'Group', '', '', '', 'b', ''],
    );
    expect(object).toMatchObject({ attributes: { memberOf: ['b', 'a', 'B'] }, parents: ['b', 'a', 'B'] });
  });

  test('a multi-valued attribute is always an array, an empty scalar is absent', () => {
    const object = normalise(['g', '', '', '', '', '', '']);
    expect(object).toMatchObject({ displayName: null, description: null, privilege: null, permissions: [] });
    expect('attributes' in object && object.attributes).toEqual({ id: 'g', memberOf: [] });
  });

  test('two values of an attribute that has one are a bad object, naming lines and values', () => {
    expect(normalise(['g', 'One', '', '', '', '', ''], ['g', 'Two', '', '', '', '', ''])).toEqual({
      lines: [2, 3],
      problem: 'the rows of "g" contradict each other: name is "One" and "Two", but is not multi-valued',
    });
  });

  test('a value repeated only in the first row contradicts nothing', () => {
    const object = normalise(['g', 'One', '', '', '', 'a', ''], ['g', '', '', '', '', 'b', '']);
    expect(object).toMatchObject({ displayName: 'One', parents: ['a', 'b'] });
  });

  test('a number or truth value that is none stays the text the source gave', () => {
    expect(normalise(['g', '', '', 'maybe', '007', '', ''])).toMatchObject({
      privilege: null,
      attributes: { privileged: 'maybe', members: '007' },
    });
  });

  test('a permission that cannot be read is a bad object', () => {
    expect(normalise(['g', '', '', '', '', '', 'no separator'])).toMatchObject({
      problem: expect.stringContaining('"no separator" is neither TARGET|RIGHT,RIGHT'),
    });
  });

  test('permissions as JSON, rights of one target united', () => {
    const object = normalise(
      ['g', '', '', '', '', '', '{"target":"db","rights":["read"]}'],
      ['g', '', '', '', '', '', '[{"target":"db","rights":["write","read"]},{"target":"fs","rights":[]}]'],
    );
    expect(object).toMatchObject({
      permissions: [
        { target: 'db', rights: ['read', 'write'] },
        { target: 'fs', rights: [] },
      ],
    });
  });

  test('the fingerprint follows the content, not the lines', () => {
    const once = normalise(['g', 'One', '', '', '', 'a', '']);
    const twice = normalise(['g', 'One', '', '', '', 'a', ''], ['g', 'One', '', '', '', 'a', '']);
    const other = normalise(['g', 'One', '', '', '', 'b', '']);
    expect('fingerprint' in once && 'fingerprint' in twice && once.fingerprint === twice.fingerprint).toBe(true);
    expect('fingerprint' in once && 'fingerprint' in other && once.fingerprint === other.fingerprint).toBe(false);
  });

  test('the order of the columns in the file changes nothing', () => {
    const swapped = entitlementNormaliser(schema, ['memberOf', 'name', 'id'])({
      key: 'g',
      rows: [{ line: 2, cells: ['a', 'One', 'g'] }],
    });
    const straight = entitlementNormaliser(schema, ['id', 'name', 'memberOf'])({
      key: 'g',
      rows: [{ line: 2, cells: ['g', 'One', 'a'] }],
    });
    expect(swapped).toEqual(straight);
    expect(JSON.stringify(swapped)).toBe(JSON.stringify(straight));
  });

  test('an object is not its own parent', () => {
    expect(normalise(['g', '', '', '', '', '', ''], ['g', '', '', '', '', 'g', ''])).toMatchObject({
      parents: [],
      remarks: [{ kind: 'own-parent', column: 'memberOf', value: 'g', line: 3 }],
    });
  });

  test.each([
    ['true', '12', []],
    ['high', '-3', []],
    ['None', '+007', []],
    ['', '', []],
    ['yes', '1', ['privilege yes']],
    ['1', '1.5', ['privilege 1', 'type 1.5']],
    ['false', '1e3', ['type 1e3']],
    ['false', ' 1', ['type  1']],
  ])('remarks on privileged %j and a number %j: %j', (privileged, members, expected) => {
    const object = normalise(['g', '', '', privileged, members, '', '']);
    const remarks = 'remarks' in object ? object.remarks : [];
    expect(remarks.map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected);
  });

  test('remarks do not count as content', () => {
    const once = normalise(['g', '', '', 'yes', '', '', ''], ['g', '', '', '', '', '', '']);
    const later = normalise(['g', '', '', '', '', '', ''], ['g', '', '', 'yes', '', '', '']);
    expect('remarks' in once && once.remarks[0]?.line).toBe(2);
    expect('remarks' in later && later.remarks[0]?.line).toBe(3);
    expect('fingerprint' in once && 'fingerprint' in later && once.fingerprint === later.fingerprint).toBe(true);
  });

  test('an attribute may be called __proto__', () => {
    const attributes = [
      { name: 'id', type: 'STRING', isMulti: false },
      { name: '__proto__', type: 'STRING', isMulti: false },
    ];
    const odd = { ...schema, attributes, hierarchyAttribute: null, includePermissions: false };
    const object = entitlementNormaliser(odd, ['id', '__proto__'])({
      key: 'g',
      rows: [{ line: 2, cells: ['g', 'x'] }],
    });
    expect('attributes' in object && JSON.stringify(object.attributes)).toBe('{"id":"g","__proto__":"x"}');
  });
});
