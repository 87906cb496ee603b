import { expect, test } from 'vitest';
import { tagName, tagNames } from './tag-names.ts';

test.each([
  ['PCI', 'PCI'],
  ['pci data', 'PCI_DATA'],
  ['  bu_finance ', 'BU_FINANCE'],
  ['SOX-2024 (audit)!', 'SOX2024_AUDIT'],
  ['Zürich', 'ZÜRICH'],
  ['финансы', 'ФИНАНСЫ'],
  ['ｐｃｉ', 'PCI'],
])('tagName: %j is %s', (received, name) => {
  expect(tagName(received, 'name')).toBe(name);
  expect(tagName(name, 'name')).toBe(name);
});

test.each(['', 'ab', '!?-', 'a'.repeat(129)])('tagName rejects %j', (received) => {
  expect(() => tagName(received, 'tags.0')).toThrow(
    /^Field "tags\.0" is .* A tag must have 3 to 128 letters, digits and/,
  );
});

test('tagNames returns each name once and in order, and at most 50', () => {
  expect(tagNames(['sox', 'PCI', 'Sox'], 'tags')).toEqual(['PCI', 'SOX']);
  const many = Array.from({ length: 51 }, (_, index) => `TAG${index}`);
  expect(tagNames(many.slice(1), 'tags')).toHaveLength(50);
  expect(() => tagNames(many, 'tags')).toThrow('Field "tags" has 51 tags. At most 50 are allowed.');
});
