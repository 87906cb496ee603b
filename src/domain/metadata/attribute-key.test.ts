import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf } from './attribute-key.ts';

describe('the key of an attribute', () => {
  test.each([
    ['Domain', 'domain'],
    ['Back Office', 'backOffice'],
    ['backOffice', 'backOffice'],
    ['PII data (EU)', 'piiDataEu'],
    ['  2nd-line  support ', '2ndLineSupport'],
    ['Größe', 'größe'],
    ['部門', '部門'],
  ])('of %j is %j', (name, key) => {
    expect(keyOf(undefined, name, 'key')).toBe(key);
  });

  test('is the given one', () => {
    expect(keyOf('cost_center-7', 'Whatever', 'key')).toBe('cost_center-7');
  });

  test.each([
    ['', 'Name', 'Field "key" is "".'],
    ['a/b', 'Name', 'Field "key" is "a/b". It must consist of 1 to 128 letters'],
    ['_a', 'Name', 'begin with a letter or digit'],
    ['x'.repeat(129), 'Name', 'It must consist of 1 to 128'],
    [undefined, 'x'.repeat(129), 'It must consist of 1 to 128'],
    [undefined, '!?', 'Field "key" cannot be derived from the name "!?"'],
  ])('is refused: %j for the name %j', (given, name, reason) => {
    expect(() => keyOf(given, name, 'key')).toThrow(reason);
  });

  test('is valid or refused, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        let key: string;
        try {
          key = keyOf(null, name, 'key');
        } catch (error) {
          expect(String(error)).toMatch(/cannot be derived|must consist/);
          return;
        }
        expect(keyOf(key, name, 'key')).toBe(key);
      }),
    );
  });
});
