import { expect, test } from 'vitest';
import { isTooLong, longestText } from './text-limit.ts';

test.each([
  ['x'.repeat(longestText), false],
  ['x'.repeat(longestText + 1), true],
  ['ä'.repeat(longestText / 2), false],
  ['ä'.repeat(longestText / 2 + 1), true],
  // One character that folds to eighteen: short, but too long for an index after folding.
  ['\u{FDFA}'.repeat(60), false],
  ['\u{FDFA}'.repeat(61), true],
])('counts bytes before and after folding (case %#)', (text, tooLong) => {
  expect(isTooLong(text)).toBe(tooLong);
});
