import fc from 'fast-check';
import type { FilterFields } from '../../../src/api/filters/check.ts';
import { queryParametersOf } from '../../../src/api/mount-operation.ts';
import type { Collection, OperationFacts } from '../../../src/api/operation.ts';
import { badFilter, goodFilter } from './filters.ts';
import { encoded, known, brokenEncoding, oddText, plainText } from './texts.ts';
import { type JsonSchema, valueOf } from './values.ts';

const unknownFilters: FilterFields = { name: { type: 'string', operators: ['eq', 'sw', 'in'] } };

type Pair = readonly [name: string, value: string];

/** Valid query strings of the operation. */
export function goodQuery(facts: OperationFacts): fc.Arbitrary<string> {
  const { properties } = queryParametersOf(facts) as JsonSchema;
  const parameters = Object.entries(properties ?? {}).map(([name, schema]) =>
    fc.option(
      goodParameter(name, schema, facts).map((value): Pair => [name, value]),
      // Long pages take most of the time and find little.
      { nil: undefined, freq: name === 'limit' ? 6 : 2 },
    ),
  );
  return fc.tuple(...parameters).map((pairs) => queryOf(pairs.filter((pair) => pair !== undefined)));
}

function goodParameter(name: string, schema: JsonSchema, facts: OperationFacts): fc.Arbitrary<string> {
  const { collection } = facts;
  switch (name) {
    case 'limit':
      return fc
        .constantFrom('0', '1', '2', '3', '5', '10', '20', '250')
        .map((limit) => String(Math.min(Number(limit), collection?.maximumLimit ?? 250)));
    case 'offset':
      return fc.constantFrom('0', '0', '1', '250', '2147483647');
    case 'filters':
      return collection?.filters === undefined ? plainText : goodFilter(collection.filters);
    case 'sorters':
      return goodSorters(collection);
    case 'searchAfter':
      return fc.constantFrom('a', 'a,b', '');
    case 'account-id':
    case 'accountId':
      return known('account');
    case 'segmented-for-identity':
      return fc.oneof(fc.constant('me'), known('administrator'));
    case 'for-segment-ids':
      return fc.array(known('segment'), { minLength: 1, maxLength: 3 }).map((ids) => ids.join(','));
    case 'entitlementId':
      return known('entitlement');
    case 'identityId':
      return known('identity');
    case 'owner-id':
      return fc.oneof(fc.constant('me'), known('identity'));
    case 'time-zone':
      return fc.constantFrom('UTC', 'Europe/Zurich', 'Pacific/Kiritimati');
    case 'at':
    case 'from':
    case 'before':
    case 'start':
    case 'snapshot1':
    case 'snapshot2':
      return fc.constantFrom('2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z');
    case 'schemaName':
      return fc.constantFrom('group', 'account', 'role');
    default:
      return valueOf(schema).map(String);
  }
}

function goodSorters(collection: Collection | undefined): fc.Arbitrary<string> {
  const names = collection?.sorters ?? ['id'];
  return fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    .chain((chosen) =>
      fc
        .array(fc.boolean(), { minLength: chosen.length, maxLength: chosen.length })
        .map((down) => chosen.map((one, index) => (down[index] === true ? `-${one}` : one)).join(',')),
    );
}

/** Query strings with an invalid part; the rest may be valid. */
export function badQuery(facts: OperationFacts): fc.Arbitrary<string> {
  const { properties } = queryParametersOf(facts) as JsonSchema;
  const names = [...Object.keys(properties ?? {}), ...Object.keys(facts.parametersNotServed?.properties ?? {})];
  const foreign = [
    'limit',
    'count',
    'filters',
    'sorters',
    'searchAfter',
    'for-segment-ids',
    'segmented-for-identity',
    'include-unsegmented',
    'account-id',
    'unknown',
    '__proto__',
    'constructor',
    '',
  ];
  // Operations without filters get filters of an unknown field.
  const filters = facts.collection?.filters ?? unknownFilters;
  const value = fc.oneof(
    { weight: 3, arbitrary: oddText },
    { weight: 1, arbitrary: plainText },
    { weight: 3, arbitrary: badFilter(filters) },
    { weight: 1, arbitrary: goodSorters(facts.collection).map((text) => `${text},-,,${text}`) },
  );
  const pair = fc.tuple(fc.constantFrom(...names, ...names, ...names, ...foreign), value);
  const filterPair = badFilter(filters).map((text): Pair => ['filters', text]);
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(pair, { minLength: 1, maxLength: 4 }).map(queryOf) },
    { weight: facts.collection?.filters === undefined ? 1 : 4, arbitrary: filterPair.map((one) => queryOf([one])) },
    // Repeated, as a list, as an object.
    {
      weight: 1,
      arbitrary: pair.map(([name, text]) =>
        queryOf([
          [name, text],
          [name, text],
        ]),
      ),
    },
    {
      weight: 1,
      arbitrary: pair.map(([name, text]) =>
        queryOf([
          [`${name}[]`, text],
          [`${name}[a]`, text],
        ]),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(pair, brokenEncoding).map(([[name], text]) => `?${encoded(name)}=${text}`) },
    { weight: 1, arbitrary: fc.tuple(goodQuery(facts), brokenEncoding).map(([query, text]) => `${query}&${text}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('?', '??', '?&&&', '?=', '?=&=', `?${'a&'.repeat(2000)}`, `?a=${'b'.repeat(9000)}`),
    },
  );
}

function queryOf(pairs: readonly Pair[]): string {
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`;
}
