import { expect, test } from 'vitest';
import type { Condition } from '../../list-query.ts';
import { valuesIn } from './value-lists.ts';

const values = [
  { value: 'b', name: 'Beta', status: 'active' },
  { value: 'a', name: 'alpha', status: 'active' },
  { value: 'c', name: 'Älpler', status: 'active' },
] as const;

function listed(condition: Condition | undefined, sorters: readonly string[] = [], page = { offset: 0, limit: 9 }) {
  const sorts = sorters.map((sorter) => ({ field: sorter.replace('-', ''), descending: sorter.startsWith('-') }));
  const found = valuesIn(values, { condition, sorts, ...page });
  return [found.page.map(({ value }) => value).join(''), found.total];
}

function is(field: string, operator: 'eq' | 'in' | 'sw', ...texts: string[]): Condition {
  return { kind: 'test', field, operator, values: texts };
}

test('filters ignore case', () => {
  expect(listed(undefined)).toEqual(['bac', 3]);
  expect(listed(is('name', 'eq', 'BETA'))).toEqual(['b', 1]);
  expect(listed(is('name', 'sw', 'äl'))).toEqual(['c', 1]);
  expect(listed(is('value', 'in', 'C', 'A', 'x'))).toEqual(['ac', 2]);
  expect(listed({ kind: 'not', condition: is('name', 'eq', 'alpha') })).toEqual(['bc', 2]);
  expect(listed({ kind: 'and', conditions: [is('status', 'eq', 'active'), is('value', 'sw', 'a')] })).toEqual(['a', 1]);
  expect(listed({ kind: 'or', conditions: [is('value', 'eq', 'a'), is('value', 'eq', 'b')] })).toEqual(['ba', 2]);
});

test('sorters, and the order of the attribute where they are equal', () => {
  expect(listed(undefined, ['name'])).toEqual(['abc', 3]);
  expect(listed(undefined, ['-name'])).toEqual(['cba', 3]);
  expect(listed(undefined, ['status'])).toEqual(['bac', 3]);
  expect(listed(undefined, ['status', '-value'])).toEqual(['cba', 3]);
  expect(listed(undefined, ['value'], { offset: 1, limit: 1 })).toEqual(['b', 3]);
});
