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
  ])('reads "%s"', (text, sorts) => {
    expect(parseSorters(text, allowed)).toEqual(sorts);
  });

  test.each([
    [
      'colour',
      'sorters: "colour" is no field to sort by here. The fields are id, name, source.id; "-" before one sorts descending.',
    ],
    [
      'Name',
      'sorters: "Name" is no field to sort by here. The fields are id, name, source.id; "-" before one sorts descending.',
    ],
    ['name,', 'sorters: a field is missing. The fields are id, name, source.id; "-" before one sorts descending.'],
    ['-', 'sorters: a field is missing. The fields are id, name, source.id; "-" before one sorts descending.'],
    ['name,id,-name', 'sorters: "name" stands there twice. Name every field once.'],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseSorters(text, allowed)).toThrow(expect.objectContaining({ status: 400, message }) as Error);
  });
});
