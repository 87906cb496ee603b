import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeExclusiveLock } from './exclusive-lock.ts';

test('there is one holder at a time, who is named in the error for others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muniment-lock-'));
  const path = join(folder, 'lock');
  const lock = takeExclusiveLock(path, 'the first');
  expect(() => takeExclusiveLock(path, 'the second')).toThrow('it is used by the first');
  lock.release();
  takeExclusiveLock(path, 'the third').release();
  rmSync(folder, { recursive: true });
});
