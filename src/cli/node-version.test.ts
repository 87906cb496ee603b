import { expect, test } from 'vitest';
import { unsupportedVersion } from './node-version.ts';

test('an unsupported Node.js version is rejected', () => {
  expect(unsupportedVersion('20.20.2')).toBe('Muniment needs Node.js 24 or later; this is 20.20.2.');
  expect(unsupportedVersion('24.0.0')).toBeUndefined();
  expect(unsupportedVersion('100.1.0')).toBeUndefined();
});
