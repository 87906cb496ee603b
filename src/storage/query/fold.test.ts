import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareBinary, fold, foldSet, prefixEnd } from './fold.ts';

const text = fc.string({ unit: 'binary' });

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

describe('fold', () => {
  test('is idempotent', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(fold(fold(value))).toBe(fold(value));
      }),
      { numRuns: 2000 },
    );
  });

  test('is idempotent for every character, alone and before a combining mark', () => {
    const changing: string[] = [];
    // Above are no letters, only ideographs, tags and unassigned code points.
    for (let point = 0; point <= 0x2ffff; point += 1) {
      const character = point >= 0xd800 && point <= 0xdfff ? '' : String.fromCodePoint(point);
      for (const value of [character, `${character}\u0301`, `a${character}`]) {
        if (fold(fold(value)) !== fold(value)) {
          changing.push(point.toString(16));
        }
      }
    }
    expect(changing).toEqual([]);
  });

  test.each([
    ['PAYROLL', 'payroll'],
    ['Ｐayroll', 'payroll'],
    ['e\u0301', 'é'],
    ['ﬁle', 'file'],
    ['STRAẞE', 'straße'],
    ['\u212a', 'k'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['', ''],
  ])('folds %s to %s', (from, to) => {
    expect(fold(from)).toBe(to);
  });

  test('preserves prefixes, even with a final sigma', () => {
    expect(fold('ΟΔΟΣΗΜΑΝΣΗ').startsWith(fold('ΟΔΟΣ'))).toBe(true);
  });
});

describe('foldSet', () => {
  test('puts every folded member between newlines, and no newlines within', () => {
    expect(foldSet([])).toBe('');
    expect(foldSet(['AUTHENTICATE', 'Two\nLines', ''])).toBe('\nauthenticate\ntwo lines\n\n');
  });
});

describe('compareBinary', () => {
  test('has the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(text, text, text, (start, a, b) => {
        expect(Math.sign(compareBinary(start + a, start + b))).toBe(byBytes(start + a, start + b));
      }),
      { numRuns: 2000 },
    );
  });

  test('sorts a character above U+FFFF after U+FFFD, unlike UTF-16 units', () => {
    expect(compareBinary('\u{1f600}', '\ufffd')).toBeGreaterThan(0);
    expect('\u{1f600}' > '\ufffd').toBe(false);
  });
});

describe('prefixEnd', () => {
  test('is greater than every text with the prefix, and not greater than later texts', () => {
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const end = prefixEnd(prefix);
        for (const value of [prefix + other, other]) {
          const isWithin = byBytes(value, prefix) >= 0 && (end === null || byBytes(value, end) < 0);
          expect(isWithin).toBe(value.startsWith(prefix));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['adm', 'adn'],
    ['a\ud7ff', 'a\ue000'],
    ['a\uffff', 'a\u{10000}'],
    ['a\u{10ffff}\u{10ffff}', 'b'],
    ['\u{10ffff}', null],
    ['', null],
  ])('of %j is %j', (prefix, end) => {
    expect(prefixEnd(prefix)).toBe(end);
  });
});
