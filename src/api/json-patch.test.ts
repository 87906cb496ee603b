import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { patchedFields } from './json-patch.ts';

const patchable = {
  schema: Type.Object({
    name: Type.String(),
    tags: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])),
  }),
  nullableArrays: ['tags'] as const,
};
const document = { id: '1', name: 'One', tags: ['a'], owner: { id: '7' } };

test('returns all patchable fields, changed and unchanged', () => {
  const operations = [
    { op: 'test', path: '/owner/id', value: '7' },
    { op: 'copy', from: '/id', path: '/name' },
    { op: 'add', path: '/tags/-', value: 'b' },
  ];
  expect(patchedFields(patchable, document, operations)).toEqual({ name: '1', tags: ['a', 'b'] });
  expect(patchedFields(patchable, document, [{ op: 'remove', path: '/tags' }])).toEqual({ name: 'One' });
  expect(document.tags).toEqual(['a']);
});

test('other fields cannot be written to', () => {
  for (const operation of [
    { op: 'replace', path: '/owner/id', value: '8' },
    { op: 'remove', path: '/owner' },
    { op: 'move', from: '/owner', path: '/name' },
    { op: 'copy', from: '/name', path: '/owner' },
    { op: 'add', path: '/constructor', value: 1 },
    { op: 'replace', path: '', value: {} },
  ]) {
    expect(() => patchedFields(patchable, document, [operation])).toThrow(
      /^Patch operation \[0\] .* cannot be patched\. Patchable are \/name, \/tags\.$/,
    );
  }
});

test('adding to an array that is null creates it', () => {
  const operations = [{ op: 'add', path: '/tags/-', value: 'b' }];
  expect(patchedFields(patchable, { ...document, tags: null }, operations).tags).toEqual(['b']);
});

test('the result is validated', () => {
  expect(() => patchedFields(patchable, document, [{ op: 'replace', path: '/name', value: 7 }])).toThrow(
    'It must be a string',
  );
  expect(() => patchedFields(patchable, document, [{ op: 'remove', path: '/name' }])).toThrow('"name" is required');
});
