import { expect, test } from 'vitest';
import { databaseFailure } from './failures.ts';

test.each([
  [{ code: 'SQLITE_FULL' }, 'full'],
  [{ code: 'ENOSPC' }, 'full'],
  [{ code: 'SQLITE_IOERR_WRITE' }, 'full'],
  [{ code: '53100' }, 'full'],
  [{ code: 'SQLITE_BUSY_SNAPSHOT' }, 'unavailable'],
  [{ code: 'SQLITE_CANTOPEN' }, 'unavailable'],
  [{ code: 'SQLITE_READONLY_DBMOVED' }, 'unavailable'],
  [{ code: 'ENOENT' }, 'unavailable'],
  [new TypeError('Cannot open database because the directory does not exist'), 'unavailable'],
  [{ code: '57P01' }, 'unavailable'],
  [{ code: '08006' }, 'unavailable'],
  [{ code: '40P01' }, 'unavailable'],
  [{ code: 'ECONNREFUSED' }, 'unavailable'],
  [new Error('timeout exceeded when trying to connect'), 'unavailable'],
  [new Error('Client has encountered a connection error and is not queryable'), 'unavailable'],
  [{ code: '23505' }, undefined],
  [{ code: 'SQLITE_CONSTRAINT_UNIQUE' }, undefined],
  [new TypeError('x is not a function'), undefined],
  ['text', undefined],
])('%j is %s', (error, failure) => {
  expect(databaseFailure(error)).toBe(failure);
});
