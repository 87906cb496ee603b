import { describe, expect, test } from 'vitest';
import type { Assignment } from './assignments.ts';
import { changedAssignments, type MetadataChange } from './metadata-change.ts';

const before: readonly Assignment[] = [
  { key: 'risk', values: ['high'] },
  { key: 'tags', values: ['a', 'b'] },
];

function after(change: Partial<MetadataChange>): readonly Assignment[] {
  const whole = { operation: 'ADD', replaceScope: 'ATTRIBUTE', assignments: [], ...change } as const;
  return changedAssignments(before, whole).filter(({ values }) => values.length > 0);
}

describe('a change of metadata', () => {
  test.each<[string, Partial<MetadataChange>, Record<string, readonly string[]>]>([
    [
      'adds values',
      { operation: 'ADD', assignments: [{ key: 'tags', values: ['b', 'c'] }] },
      { risk: ['high'], tags: ['a', 'b', 'c'] },
    ],
    [
      'adds an attribute',
      { operation: 'ADD', assignments: [{ key: 'new', values: ['x'] }] },
      { risk: ['high'], tags: ['a', 'b'], new: ['x'] },
    ],
    [
      'removes values',
      { operation: 'REMOVE', assignments: [{ key: 'tags', values: ['b', 'c'] }] },
      { risk: ['high'], tags: ['a'] },
    ],
    ['removes an attribute', { operation: 'REMOVE', assignments: [{ key: 'tags', values: [] }] }, { risk: ['high'] }],
    [
      'replaces the values of an attribute',
      { operation: 'REPLACE', assignments: [{ key: 'tags', values: ['c'] }] },
      { risk: ['high'], tags: ['c'] },
    ],
    [
      'replaces everything',
      { operation: 'REPLACE', replaceScope: 'ALL', assignments: [{ key: 'tags', values: ['c'] }] },
      { tags: ['c'] },
    ],
  ])('%s', (_title, change, expected) => {
    expect(Object.fromEntries(after(change).map(({ key, values }) => [key, values]))).toEqual(expected);
  });

  test('has no effect when it is repeated', () => {
    for (const operation of ['ADD', 'REMOVE', 'REPLACE'] as const) {
      const change = { operation, replaceScope: 'ALL', assignments: [{ key: 'tags', values: ['b'] }] } as const;
      const once = changedAssignments(before, change);
      expect(changedAssignments(once, change)).toEqual(once);
    }
  });
});
