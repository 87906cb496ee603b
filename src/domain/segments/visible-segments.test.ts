import { expect, test } from 'vitest';
import type { Expression } from '../../storage/segments/segments.ts';
import { isMember } from './visible-segments.ts';

const ada = new Map([
  ['location', new Set(['zürich'])],
  ['department', new Set(['r&d'])],
  ['manager', new Set(['e7', 'bob'])],
]);

function equals(attribute: string, value: string): Expression {
  return { operator: 'EQUALS', attribute, value: { type: 'STRING', value } };
}

test.each<[string, Expression, boolean]>([
  ['an attribute with the value', equals('location', 'Zürich'), true],
  ['another case, and blanks around it', equals('LOCATION', ' ZÜRICH '), true],
  ['decomposed letters', equals('location', 'Zu\u0308rich'), true],
  ['another value', equals('location', 'Bern'), false],
  ['an attribute that the identity does not have', equals('city', 'Zürich'), false],
  ['a part of the value', equals('location', 'Zür'), false],
  ['a blank value, which no identity has', equals('location', ' '), false],
  ['a value that is too long to be one', equals('location', 'x'.repeat(3000)), false],
  ['one of several values', equals('manager', 'Bob'), true],
  ['all of several', { operator: 'AND', children: [equals('location', 'Zürich'), equals('department', 'R&D')] }, true],
  [
    'only some of several',
    { operator: 'AND', children: [equals('location', 'Zürich'), equals('department', 'Sales')] },
    false,
  ],
])('%s', (_title, expression, expected) => {
  expect(isMember({ expression }, ada)).toBe(expected);
});

test('a segment without criteria has no members', () => {
  expect(isMember(null, ada)).toBe(false);
});
