import { expect, test } from 'vitest';
import { tooOld } from './node-version.ts';

test('an older Node.js is told what is needed', () => {
  expect(tooOld('20.20.2')).toBe('Muniment needs Node.js 24 or later; this is 20.20.2.');
  expect(tooOld('24.0.0')).toBeUndefined();
  expect(tooOld('100.1.0')).toBeUndefined();
});
