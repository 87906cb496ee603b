import fc from 'fast-check';
import type { FilterField, FilterFields } from '../../../src/api/filters/check.ts';
import { known, oddText, plainText } from './texts.ts';

/** Filters that are valid for an operation. */
export function goodFilter(fields: FilterFields): fc.Arbitrary<string> {
  const test = fc
    .constantFrom(...Object.entries(fields))
    .chain(([name, field]) => fc.constantFrom(...field.operators).chain((operator) => testOf(name, operator, field)));
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: test },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map((parts) => parts.join(' ')),
      },
      { weight: 1, arbitrary: tie('filter').map((inner) => `not (${inner})`) },
      { weight: 1, arbitrary: tie('filter').map((inner) => `(${inner})`) },
    ),
  }));
  return filter;
}

function testOf(name: string, operator: string, field: FilterField): fc.Arbitrary<string> {
  const value = literalOf(field);
  switch (operator) {
    case 'pr':
      return fc.constant(`${name} pr`);
    case 'isnull':
      return fc.constant(`${name} isnull`);
    case 'in':
    case 'ca':
      return fc
        .array(value, { minLength: 1, maxLength: 4 })
        .map((values) => `${name} ${operator} (${values.join(',')})`);
    default:
      return value.map((literal) => `${name} ${operator} ${literal}`);
  }
}

function literalOf(field: FilterField): fc.Arbitrary<string> {
  switch (field.type) {
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'number':
      return fc.oneof(fc.integer(), fc.nat(10)).map(String);
    case 'date':
      return fc.constantFrom('2020-01-01T00:00:00Z', '2026-05-31', '"2024-02-29T23:59:59.999Z"', '2030-01');
    case 'id':
      return fc.oneof(known('source'), known('entitlement'), known('identity'), known('task')).map(quoted);
    default:
      return field.values === undefined
        ? fc.oneof(plainText, known('name'), known('value')).map(quoted)
        : fc.constantFrom(...field.values).map(quoted);
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Invalid filters: damaged, deep and long ones, and texts that are not filters. */
export function badFilter(fields: FilterFields): fc.Arbitrary<string> {
  const [name = 'name'] = Object.keys(fields);
  const names = [...Object.keys(fields), 'password', '__proto__', 'constructor', 'id.id', ''];
  const operators = ['eq', 'ne', 'sw', 'co', 'gt', 'lt', 'ge', 'le', 'in', 'isnull', 'pr', 'ca', 'EQ', '=', ''];
  return fc.oneof(
    fc
      .tuple(
        goodFilter(fields),
        fc.nat(60),
        fc.nat(8),
        fc.oneof(oddText, fc.constantFrom('(', ')', '"', ' and ', ' not ')),
      )
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut)),
    fc
      .tuple(fc.constantFrom(...names), fc.constantFrom(...operators), oddText)
      .map(([field, operator, value]) => `${field} ${operator} ${quoted(value)}`),
    fc.constantFrom(
      '('.repeat(3000),
      `${'not '.repeat(2000)}${name} eq "a"`,
      `${'('.repeat(200)}${name} eq "a"${')'.repeat(200)}`,
      Array.from({ length: 501 }, () => `${name} eq "a"`).join(' or '),
      Array.from({ length: 400 }, () => `${name} eq "a"`).join(' and '),
      `${name} in (${Array.from({ length: 2000 }, (_, index) => `"${index}"`).join(',')})`,
      `${name} eq "${'a'.repeat(20_000)}`,
      `${name} eq "\\`,
    ),
    oddText,
  );
}
