import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { patchFields } from './json-patch.ts';

const fields = Type.Object({ name: Type.String(), tags: Type.Optional(Type.Array(Type.String())) });
const document = { id: '1', name: 'One', tags: ['a'], owner: { id: '7' } };

test('returns the fields that may change, changed and unchanged', () => {
  const operations = [
    { op: 'test', path: '/owner/id', value: '7' },
    { op: 'copy', from: '/id', path: '/name' },
    { op: 'add', path: '/tags/-', value: 'b' },
  ];
  expect(patchFields(fields, document, operations)).toEqual({ name: '1', tags: ['a', 'b'] });
  expect(patchFields(fields, document, [{ op: 'remove', path: '/tags' }])).toEqual({ name: 'One' });
  expect(document.tags).toEqual(['a']);
});

test('other fields must stay as they are', () => {
  for (const operation of [
    { op: 'replace', path: '/owner/id', value: '8' },
    { op: 'remove', path: '/owner' },
    { op: 'move', from: '/owner', path: '/name' },
  ]) {
    expect(() => patchFields(fields, document, [operation])).toThrow(
      'Field "owner" cannot be changed. Only name, tags can.',
    );
  }
  expect(() => patchFields(fields, document, [{ op: 'add', path: '/constructor', value: 1 }])).toThrow('"constructor"');
  // There and back again is no change.
  const there = { op: 'replace', path: '/id', value: '2' };
  expect(patchFields(fields, document, [there, { ...there, value: '1' }]).name).toBe('One');
});

test('the result is valid', () => {
  expect(() => patchFields(fields, document, [{ op: 'replace', path: '/name', value: 7 }])).toThrow(
    'It must be a string',
  );
  expect(() => patchFields(fields, document, [{ op: 'remove', path: '/name' }])).toThrow('"name" is required');
  for (const value of [null, [], 'x']) {
    expect(() => patchFields(fields, document, [{ op: 'replace', path: '', value }])).toThrow('no object');
  }
});
