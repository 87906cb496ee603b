import { describe, expect, test } from 'vitest';
import { parseSorters } from './sorters.ts';

const allowed = ['id', 'name', 'source.id'];

describe('parseSorters', () => {
  test.each([
    ['name', [{ field: 'name', descending: false }]],
    [
      '-source.id, name',
      [
        { field: 'source.id', descending: true },
        { field: 'name', descending: false },
      ],
    ],
    [' ', []],
  ])('parses "%s"', (text, sorts) => {
    expect(parseSorters(text, allowed)).toEqual(sorts);
  });

  test.each([
    [
      'colour',
      'sorters: "colour" is not a sort field here. The fields are id, name, source.id. The prefix "-" sorts in descending order.',
    ],
    [
      'Name',
      'sorters: "Name" is not a sort field here. The fields are id, name, source.id. The prefix "-" sorts in descending order.',
    ],
    [
      'name,',
      'sorters: a field is missing. The fields are id, name, source.id. The prefix "-" sorts in descending order.',
    ],
    ['-', 'sorters: a field is missing. The fields are id, name, source.id. The prefix "-" sorts in descending order.'],
    ['name,id,-name', 'sorters: "name" is repeated. Use every field at most once.'],
  ])('rejects "%s"', (text, message) => {
    expect(() => parseSorters(text, allowed)).toThrow(expect.objectContaining({ status: 400, message }) as Error);
  });
});
