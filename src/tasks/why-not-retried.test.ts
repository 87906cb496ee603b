import { expect, test } from 'vitest';
import { mostAttempts, whyNotRetried } from './why-not-retried.ts';

test('a task is not retried after its last attempt, for the reason of the failure as a sentence', () => {
  const ended = new Error('The task thread ended with code 1.');
  expect(whyNotRetried(mostAttempts - 1, ended)).toBeUndefined();
  expect(whyNotRetried(mostAttempts, ended)).toBe('The task thread ended with code 1.');
  expect(whyNotRetried(mostAttempts, new Error('file is not a database'))).toBe('file is not a database.');
});

test('a task is not retried if the disk is full', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(whyNotRetried(1, full)).toContain('Make room first.');
});
