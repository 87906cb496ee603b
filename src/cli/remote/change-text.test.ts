import { expect, test } from 'vitest';
import { changeText } from './change-text.ts';

test('an update is described field by field, down to changes in nested objects', () => {
  const before = { manual: { name: null }, manuallyUpdatedFields: { DISPLAY_NAME: false }, owner: null };
  const after = {
    manual: { name: 'Admins' },
    manuallyUpdatedFields: { DISPLAY_NAME: true },
    owner: { type: 'IDENTITY', id: '12ab' },
  };
  expect(changeText(before, after)).toBe(
    'manual.name: null → "Admins"; manuallyUpdatedFields.DISPLAY_NAME: false → true; owner: null → 12ab',
  );
  expect(
    changeText(
      { attributes: { id: 'a', old: 1, tags: ['x'] } },
      { attributes: { id: 'a', new: {}, tags: ['x', 'y'] } },
    ),
  ).toBe('attributes.old: 1 → null; attributes.tags: ["x"] → ["x","y"]; attributes.new: null → {}');
});

test('an object that replaces null, or is empty, is described as a whole', () => {
  const metadata = { attributes: [{ key: 'k' }] };
  expect(changeText({ accessModelMetadata: null }, { accessModelMetadata: metadata })).toBe(
    'accessModelMetadata: null → {"attributes":[{"key":"k"}]}',
  );
  expect(changeText({ attributes: {} }, { attributes: { a: 1 } })).toBe('attributes: {} → {"a":1}');
});

test('a creation or deletion is described by its fields', () => {
  const fields = {
    source: { type: 'SOURCE', id: 's', name: 'HR' },
    value: 'a',
    fromSource: { name: 'A', description: null },
    attributes: {},
    parents: [],
    requestable: false,
  };
  const text = 'source: "HR"; value: "a"; fromSource.name: "A"; requestable: false';
  expect(changeText(null, fields)).toBe(text);
  expect(changeText(fields, null)).toBe(text);
  expect(changeText(null, null)).toBe('');
});
