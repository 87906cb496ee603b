import { describe, expect, test } from 'vitest';
import type { StagedGroup } from '../../storage/stage/stage.ts';
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

function groupOf(rows: readonly string[][]): StagedGroup {
  return {
    key: 'g',
    rows: rows.map((cells, index) => ({ line: index + 2, cells })),
    fingerprint: 'of the rows',
    mayContradictItself: rows.length > 1,
  };
}

function normalise(...rows: string[][]) {
  return entitlementNormaliser(schema, columns)(groupOf(rows));
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

  test('takes the first value of name, description and privilege if they are multi-valued', () => {
    const attributes = schema.attributes.map((attribute) => ({ ...attribute, isMulti: attribute.name !== 'id' }));
    const object = entitlementNormaliser(
      { ...schema, attributes },
      columns,
    )(
      groupOf([
        ['g', 'Group', 'A group.', 'HIGH', '', '', ''],
        ['g', 'Other', 'Another.', 'LOW', '', '', ''],
      ]),
    );
    expect(object).toMatchObject({
      displayName: 'Group',
      description: 'A group.',
      privilege: 'HIGH',
      attributes: { description: ['A group.', 'Another.'] },
    });
  });

  test('merges multi-valued columns in order, case-sensitive, without duplicates', () => {
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

  test('two values of a single-valued attribute are a bad object with lines and values', () => {
    expect(normalise(['g', 'One', '', '', '', '', ''], ['g', 'Two', '', '', '', '', ''])).toEqual({
      lines: [2, 3],
      problem: 'the rows of "g" contradict each other: name is "One" and "Two", but is not multi-valued',
    });
  });

  test('a value that only the first row has is not a contradiction', () => {
    const object = normalise(['g', 'One', '', '', '', 'a', ''], ['g', '', '', '', '', 'b', '']);
    expect(object).toMatchObject({ displayName: 'One', parents: ['a', 'b'] });
  });

  test('an invalid number or boolean is kept as text', () => {
    expect(normalise(['g', '', '', 'maybe', '007', '', ''])).toMatchObject({
      privilege: null,
      attributes: { privileged: 'maybe', members: '007' },
    });
  });

  test('an unparsable permission is a bad object', () => {
    expect(normalise(['g', '', '', '', '', '', 'no separator'])).toMatchObject({
      problem: expect.stringContaining('"no separator" is neither TARGET|RIGHT,RIGHT'),
    });
  });

  test('parses permissions as JSON and merges the rights of one target', () => {
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

  test('the order of the columns in the file does not matter', () => {
    const swapped = entitlementNormaliser(schema, ['memberOf', 'name', 'id'])(groupOf([['a', 'One', 'g']]));
    const straight = entitlementNormaliser(schema, ['id', 'name', 'memberOf'])(groupOf([['g', 'One', 'a']]));
    expect(swapped).toEqual(straight);
    expect(JSON.stringify(swapped)).toBe(JSON.stringify(straight));
  });

  test('an object is not its own parent', () => {
    expect(normalise(['g', '', '', '', '', '', ''], ['g', '', '', '', '', 'g', ''])).toMatchObject({
      parents: [],
      warnings: [{ kind: 'own-parent', column: 'memberOf', value: 'g', line: 3 }],
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
  ])('warnings on privileged %j and a number %j: %j', (privileged, members, expected) => {
    const object = normalise(['g', '', '', privileged, members, '', '']);
    const warnings = 'warnings' in object ? object.warnings : [];
    expect(warnings.map(({ kind, value }) => `${kind} ${value}`)).toEqual(expected);
  });

  test('the rows of an object with warnings are read each time', () => {
    const plain = normalise(['g', '', '', 'true', '', '', '']);
    const warned = normalise(['g', '', '', 'yes', '', '', '']);
    expect('fingerprint' in plain && plain.fingerprint).toBe('of the rows');
    expect('fingerprint' in warned && warned.fingerprint).not.toBe('of the rows');
  });

  test('an attribute may be named __proto__', () => {
    const attributes = [
      { name: 'id', type: 'STRING', isMulti: false },
      { name: '__proto__', type: 'STRING', isMulti: false },
    ];
    const odd = { ...schema, attributes, hierarchyAttribute: null, includePermissions: false };
    const object = entitlementNormaliser(odd, ['id', '__proto__'])(groupOf([['g', 'x']]));
    expect('attributes' in object && JSON.stringify(object.attributes)).toBe('{"id":"g","__proto__":"x"}');
  });
});
