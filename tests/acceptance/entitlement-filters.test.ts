import { beforeAll, describe, expect, test } from 'vitest';
import { contractFamilies, type Family } from '../../src/api/families.ts';
import type { Answer } from '../support/api-client.ts';
import { attributes, describeServer, expectStatus, pathIn, queryOf, refusal } from './acceptance.ts';

/** The documented operators of each field of listEntitlements, and a value for them (contract A.1). */
const fields: Readonly<Record<string, readonly [operators: string, value: string]>> = {
  id: ['eq in', '"0123456789abcdef0123456789abcdef"'],
  name: ['eq in sw', '"a"'],
  type: ['eq in', '"group"'],
  attribute: ['eq in', '"groups"'],
  value: ['eq in sw', '"a"'],
  'source.id': ['eq in', '"a"'],
  requestable: ['eq', 'true'],
  created: ['gt lt ge le', '2026-01-01T00:00:00Z'],
  modified: ['gt lt ge le', '"2026-01-01"'],
  'owner.id': ['eq in', '"a"'],
};
const newer: typeof fields = { ...fields, 'privilegeLevel.direct': ['eq', '"HIGH"'] };
const { 'owner.id': _ownerId, ...olderRelatives } = fields;
const operators = 'eq ne gt ge lt le sw co in ca isnull pr'.split(' ');

const sorters = ['id', 'name', 'created', 'modified', 'type', 'attribute', 'value', 'source.id', 'requestable'];

const isNew = (family: Family): boolean => family === 'v2026' || family === 'v1';

function filterOf(field: string, operator: string, value: string): string {
  switch (operator) {
    case 'isnull':
      return `${field} isnull`;
    case 'pr':
      return `pr ${field}`;
    case 'in':
    case 'ca':
      return `${field} ${operator} (${value}, ${value})`;
    default:
      return `${field} ${operator} ${value}`;
  }
}

const file = `id,name,groups
a,Alpha,top
A,alpha two,top
b+1,Bravo + Plus,top
"c,1","Charlie, ""Quoted""",top
d\\e,Delta\\Back,top
ö,Österreich,top
z,Ｚｅｔａ,top
top,Top,
`;

describeServer('filters and sorters of entitlements', (server) => {
  let source: { id: string };
  let topId: string;
  beforeAll(async () => {
    source = await server().createSource(
      {},
      { hierarchyAttribute: 'groups', attributes: attributes('id', 'name', 'groups[]') },
    );
    await server().load(source, file);
    const found = await server().entitlementsOf(source);
    const idOf = (value: string): string => found.find((one) => one.value === value).id;
    topId = idOf('top');
    const owner = { type: 'IDENTITY', id: server().identityId };
    const patch = async (value: string, ...operations: object[]): Promise<void> => {
      expectStatus(await server().api.send('PATCH', `/v2026/entitlements/${idOf(value)}`, operations), 200);
    };
    await patch('a', { op: 'replace', path: '/requestable', value: true }, { op: 'add', path: '/owner', value: owner });
    await patch('ö', { op: 'replace', path: '/privilegeOverride/level', value: 'HIGH' });
  });

  const ask = (family: Family, path: string, parameters: Record<string, string | number | boolean>): Promise<Answer> =>
    server().api.get(`${pathIn(family, path)}?${queryOf(parameters)}`);
  const list = (parameters: Record<string, string | number | boolean>, family: Family = 'v2025'): Promise<Answer> =>
    ask(family, '/entitlements', parameters);
  const values = (answer: Answer): string[] => expectStatus(answer, 200).map(({ value }: { value: string }) => value);
  const select = async (filter: string, family?: Family): Promise<string[]> =>
    values(await list({ filters: `source.id eq "${source.id}" and (${filter})`, sorters: 'name' }, family));

  describe.each(contractFamilies)('in %s', (family) => {
    test.each([
      ['listEntitlements', () => '/entitlements'],
      ['listEntitlementParents', () => `/entitlements/${topId}/parents`],
      ['listEntitlementChildren', () => `/entitlements/${topId}/children`],
    ])('%s supports exactly the documented fields and operators', async (operation, path) => {
      const older = operation === 'listEntitlements' ? fields : olderRelatives;
      const documented = isNew(family) ? newer : older;
      for (const [field, [allowed, value]] of Object.entries(documented)) {
        for (const operator of operators) {
          const answer = await ask(family, path(), { filters: filterOf(field, operator, value), limit: 1 });
          const outcome = answer.status === 200 ? [200] : refusal(answer);
          const refused = [
            400,
            expect.stringContaining(`"${field}" does not support the operator "${operator}". Its operators are`),
          ];
          expect([field, operator, ...outcome]).toEqual([
            field,
            operator,
            ...(allowed.split(' ').includes(operator) ? [200] : refused),
          ]);
        }
      }
      const unknown = ['privileged', 'sourceSchemaObjectType', 'description', 'source.name', '__proto__', 'Name'];
      for (const field of [
        ...unknown,
        ...(documented === olderRelatives ? ['owner.id'] : []),
        ...(isNew(family) ? [] : ['tags', 'privilegeLevel.direct']),
      ]) {
        const answer = await ask(family, path(), { filters: `${field} eq "x"` });
        expect(refusal(answer)).toEqual([
          400,
          expect.stringContaining(`"${field}" is not a filter field here. The fields are id, name, type`),
        ]);
      }
      // The lists of relatives had no such sorters before v2026.
      const allowed = documented === olderRelatives ? sorters.slice(0, -1) : sorters;
      for (const sorter of allowed) {
        expectStatus(await ask(family, path(), { sorters: `-${sorter}`, limit: 1 }), 200);
      }
      for (const sorter of ['privileged', 'owner.id', '', ...sorters.slice(allowed.length)]) {
        const answer = await ask(family, path(), { sorters: `name,${sorter}` });
        expect(refusal(answer)).toEqual([400, expect.stringContaining(`The fields are ${allowed.join(', ')}.`)]);
      }
    });
  });

  test.each<[string, string[]]>([
    ['name eq "ALPHA"', ['a']],
    ['name sw "alpha"', ['a', 'A']],
    ['value eq "a"', ['a', 'A']],
    ['value in ("A", "b+1") and requestable eq true', ['a']],
    ['value sw "B+"', ['b+1']],
    [String.raw`name eq "charlie, \"quoted\""`, ['c,1']],
    [String.raw`value eq "D\\E"`, [String.raw`d\e`]],
    ['name sw "öster" or name eq "zeta"', ['z', 'ö']],
    ['owner.id in ("x")', []],
    ['not (name sw "alpha" or name sw "b") and not value eq "top"', ['c,1', String.raw`d\e`, 'z', 'ö']],
    ['name sw "alpha" and requestable eq false or value eq "top"', ['A', 'top']],
    ['name sw "alpha" and (requestable eq true or value eq "top")', ['a']],
    ['type eq "GROUP" and attribute eq "groups" and value eq "top"', ['top']],
    ['created gt 2020-01-01 and created lt 2999-01-01T00:00:00+02:00 and value eq "top"', ['top']],
    ['created gt "2999-01-01T00:00:00.000Z" or modified lt 2020-01-01', []],
    // Ids may be written without quotes.
    ['owner.id eq 0123456789abcdef0123456789abcdef', []],
    ['value eq ""', []],
  ])('%s', async (filter, expected) => {
    expect((await select(filter)).toSorted()).toEqual(expected.toSorted());
  });

  test('by owner, and by privilege level', async () => {
    expect(await select(`owner.id eq "${server().identityId}"`)).toEqual(['a']);
    expect(await select('privilegeLevel.direct eq "high"', 'v2026')).toEqual(['ö']);
    expect(await select('privilegeLevel.direct eq "NONE"', 'v1')).toHaveLength(7);
  });

  test('spaces are sent as "+" or "%20", a plus as "%2B"', async () => {
    const filter = `source.id eq "${source.id}" and name eq "bravo + plus"`;
    const percent = encodeURIComponent(filter);
    expect(percent).toContain('%20');
    for (const encoded of [percent, percent.replaceAll('%20', '+')]) {
      expect(values(await server().api.get(`/v2025/entitlements?filters=${encoded}`)), encoded).toEqual(['b+1']);
    }
  });

  test('sort case-insensitively, in the requested order, with a stable order of equal values', async () => {
    const filters = `source.id eq "${source.id}"`;
    const ascending = values(await list({ filters, sorters: 'name' }));
    expect(ascending).toEqual(['a', 'A', 'b+1', 'c,1', String.raw`d\e`, 'top', 'z', 'ö']);
    expect(values(await list({ filters, sorters: '-name' }))).toEqual(ascending.toReversed());
    expect(values(await list({ filters, sorters: '-requestable,value' })).slice(0, 2)).toEqual(['a', 'A']);
    const byType = values(await list({ filters, sorters: 'type' }));
    expect(values(await list({ filters, sorters: 'type' }))).toEqual(byType);
    expect(values(await list({ filters, sorters: 'type', offset: 3, limit: 2 }))).toEqual(byType.slice(3, 5));
  });

  test.each<[string, string]>([
    ['name eq', 'filters, position 8'],
    ['name eq "a', 'filters, position 9'],
    ['(name eq "a"', 'filters, position'],
    ['name EQ "a"', 'filters, position 6'],
    ['name eq "a" xor name eq "b"', 'filters, position 13'],
    ['name in ()', 'filters, position'],
    ['requestable eq "perhaps"', 'the value of "requestable" is "perhaps", expected true or false'],
    ['created gt yesterday', 'the value of "created" is "yesterday", expected a valid ISO 8601 date and time'],
    ['created gt 2026-02-30', 'the value of "created" is "2026-02-30"'],
    [`value in (${Array.from({ length: 501 }, () => '"a"').join(',')})`, '500'],
    [`${'('.repeat(65)}name eq "a"${')'.repeat(65)}`, '64'],
  ])('%.60s is a 400 with position and reason', async (filter, reason) => {
    expect(refusal(await list({ filters: filter }))).toEqual([400, expect.stringContaining(reason)]);
  });
});
