import { beforeAll, expect, test } from 'vitest';
import type { Answer } from '../support/api-client.ts';
import { describeServer, expectStatus, pathIn, plainFamiliesAndV3, queryOf, refusal } from './acceptance.ts';

const range = 'eq in ge gt le lt ne isnull sw';

/** The documented operators of each field, and a value for them (contract B.1). */
const documented: Readonly<Record<string, readonly [operators: string, value: string]>> = {
  id: [range, '"a"'],
  name: ['co eq in sw ge gt ne isnull', '"a"'],
  type: ['eq in ge gt ne isnull sw', '"DelimitedFile"'],
  'owner.id': [range, '"a"'],
  features: ['ca co', '("DIRECT_PERMISSIONS")'],
  created: [range, '2026-01-01T00:00:00Z'],
  modified: [range, '2026-01-01'],
  'managementWorkgroup.id': [range, '"a"'],
  description: ['eq sw', '"a"'],
  authoritative: ['eq ne isnull', 'false'],
  healthy: ['isnull', 'true'],
  status: [range, '"SOURCE_STATE_HEALTHY"'],
  connectionType: [range, '"file"'],
  connectorName: ['eq ge gt in ne isnull sw', '"Delimited File"'],
  category: ['co eq ge gt in le lt ne sw', '"a"'],
};
const allOperators = [...range.split(' '), 'co', 'ca'];

const sorters = (
  'type created modified name owner.name healthy status id description owner.id accountCorrelationConfig.id ' +
  'accountCorrelationConfig.name managerCorrelationRule.type managerCorrelationRule.id managerCorrelationRule.name ' +
  'authoritative managementWorkgroup.id connectorName connectionType'
).split(' ');

function filterOf(field: string, operator: string, value: string): string {
  if (operator === 'sw' && /^\d{4}-/.test(value)) {
    return `${field} sw 2026-01`;
  }
  const list = value.startsWith('(') ? value : `(${value})`;
  const single = value.replace(/^\((.*)\)$/, '$1');
  if (operator === 'isnull') {
    return `${field} isnull`;
  }
  return `${field} ${operator} ${operator === 'in' || operator === 'ca' ? list : single}`;
}

describeServer('lists of sources', (server) => {
  /** Restricts lists to the sources of this file, whose names have a common prefix. */
  const prefix = `Listed ${Date.now()}`;
  const own = `name sw "${prefix}"`;
  beforeAll(async () => {
    for (const [name, more] of [
      ['alpha', { description: 'First', category: 'CredentialProvider' }],
      ['Bravo', { description: 'second "quoted"', features: ['PROVISIONING'] }],
      ['charlie', { owner: null, features: ['PROVISIONING', 'SEARCH', 'ENABLE'] }],
    ] as const) {
      await server().createSource({ name: `${prefix} ${name}`, ...more });
    }
  });
  const ask = (parameters: Record<string, string | number | boolean>, path = '/v2025/sources'): Promise<Answer> =>
    server().api.get(`${path}?${queryOf(parameters)}`);
  const names = async (filter: string, sort = 'name'): Promise<string[]> =>
    expectStatus(await ask({ filters: `${own} and (${filter})`, sorters: sort }), 200).map(
      ({ name }: { name: string }) => name.slice(prefix.length + 1),
    );

  test.each(Object.keys(documented))('accept the documented operators for %s and refuse the others', async (field) => {
    const [operators = '', value = ''] = documented[field] ?? [];
    for (const operator of allOperators) {
      const answer = await ask({ filters: filterOf(field, operator, value), limit: 1 });
      if (operators.split(' ').includes(operator)) {
        expectStatus(answer, 200);
      } else {
        expect([operator, ...refusal(answer)]).toEqual([operator, 400, expect.stringContaining(operator)]);
        expect(refusal(answer)[1]).toContain(field);
      }
    }
  });

  test.each<[string, string[]]>([
    [`name co "BRAV"`, ['Bravo']],
    [`name eq "${prefix} ALPHA" or name in ("${prefix} charlie","x")`, ['alpha', 'charlie']],
    [`name gt "${prefix} alpha" and name ne "${prefix} charlie"`, ['Bravo']],
    [`not name sw "${prefix} b"`, ['alpha', 'charlie']],
    [String.raw`description eq "SECOND \"QUOTED\""`, ['Bravo']],
    ['owner.id isnull', ['charlie']],
    ['not owner.id isnull', ['alpha', 'Bravo']],
    ['features ca ("provisioning","search")', ['charlie']],
    ['features co "PROV"', ['Bravo', 'charlie']],
    ['category eq "credentialprovider"', ['alpha']],
    ['authoritative eq false and type eq "delimitedfile"', ['alpha', 'Bravo', 'charlie']],
    ['created lt 2020-01-01 or created gt 2999-12-31T23:59:59+02:00', []],
    ['status eq "SOURCE_STATE_UNCHECKED_SOURCE_NO_ACCOUNTS"', ['alpha', 'Bravo', 'charlie']],
    ['healthy isnull', []],
  ])('%s', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  test('support exactly the documented sorters', async () => {
    for (const sorter of sorters) {
      expectStatus(await ask({ sorters: `-${sorter}`, limit: 1 }), 200);
    }
    expect(await names('not name isnull', '-name')).toEqual(['charlie', 'Bravo', 'alpha']);
    // A null sorts before everything.
    expect((await names('not name isnull', 'owner.name,name'))[0]).toBe('charlie');
    expect(refusal(await ask({ sorters: 'cluster' }))).toEqual([
      400,
      expect.stringMatching(/sorters: "cluster" is not a sort field here\. The fields are type, created/),
    ]);
  });

  test.each(plainFamiliesAndV3)('page and count in %s', async (family) => {
    const path = pathIn(family, '/sources');
    const page = await ask({ filters: own, sorters: 'name', offset: 1, limit: 1, count: true }, path);
    expect([page.headers.get('x-total-count'), page.body]).toEqual([
      '3',
      [expect.objectContaining({ name: `${prefix} Bravo` })],
    ]);
    expect((await ask({ filters: own, limit: 0, count: true }, path)).headers.get('x-total-count')).toBe('3');
    for (const [parameters, reason] of [
      [{ limit: 251 }, 'Parameter "limit" is 251. It must be at most 250.'],
      [{ limit: -1 }, 'Parameter "limit" is -1. It must be at least 0.'],
      [{ offset: 'x' }, 'Parameter "offset" is "x". It must be a whole number.'],
      [{ count: 'maybe' }, 'Parameter "count" is "maybe". It must be true or false.'],
    ] as const) {
      expect(refusal(await ask(parameters, path))).toEqual([400, reason]);
    }
  });

  test('includeIDNSource is supported', async () => {
    expect(expectStatus(await ask({ includeIDNSource: true, limit: 1 }), 200)).toHaveLength(1);
  });
});
