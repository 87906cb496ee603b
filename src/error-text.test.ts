import { expect, test } from 'vitest';
import { enumerated, listed, shortened } from './error-text.ts';

test('shortens by characters, never in the middle of one', () => {
  expect(shortened('x'.repeat(60))).toBe('x'.repeat(60));
  expect(shortened('x'.repeat(61))).toBe(`${'x'.repeat(60)}…`);
  expect(shortened('🦉'.repeat(60))).toBe('🦉'.repeat(60));
  expect(shortened('🦉'.repeat(5000), 3)).toBe('🦉🦉🦉…');
});

test('lists at most twenty names', () => {
  const names = Array.from({ length: 25 }, (_, index) => `n${index}`);
  expect(listed(names.slice(0, 20))).toBe(names.slice(0, 20).join(', '));
  expect(listed(names)).toBe(`${names.slice(0, 20).join(', ')}, … and 5 more`);
  expect(listed(['y'.repeat(100)])).toBe(`${'y'.repeat(60)}…`);
  expect(listed([])).toBe('');
});

test('enumerates', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(enumerated)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
