import { expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { grantedScope, holdsOneOf, narrowed } from './scopes.ts';

const maker = (...scopes: string[]): Caller => ({
  clientId: 'c',
  subjectId: 'i',
  name: 'Ada',
  scopes,
  userLevels: [],
});

test('one of several scopes suffices, and sp:scopes:all always does', () => {
  expect(holdsOneOf(['a', 'b'], ['c', 'b'])).toBe(true);
  expect(holdsOneOf(['sp:scopes:all'], ['c'])).toBe(true);
  expect(holdsOneOf(['sp:scopes:default'], ['c'])).toBe(false);
  expect(holdsOneOf([], [])).toBe(false);
});

test('a token keeps the scopes that its client still has', () => {
  expect(narrowed(['a', 'b'], ['b', 'c'])).toEqual(['b']);
  expect(narrowed(['a'], ['sp:scopes:all'])).toEqual(['a']);
  expect(narrowed(['sp:scopes:all'], ['b'])).toEqual(['b']);
  expect(narrowed(['a'], [])).toEqual([]);
});

test('callers cannot grant scopes that they lack', () => {
  expect(grantedScope(undefined, maker('sp:scopes:all'))).toEqual(['sp:scopes:all']);
  expect(grantedScope(null, maker('a'))).toEqual(['a']);
  expect(grantedScope(['idn:a:read', 'idn:a:read'], maker('idn:a:read', 'b'))).toEqual(['idn:a:read']);
  expect(() => grantedScope(['sp:scopes:all'], maker('a'))).toThrow('cannot be granted');
  expect(() => grantedScope([], maker('a'))).toThrow('is empty');
  const all = maker('sp:scopes:all');
  for (const wrong of [
    '',
    'admin',
    'a: b',
    'a"b:c',
    'a:b\\c',
    'ä:b',
    `a:${'x'.repeat(199)}`,
    'a:b\n',
    ':',
    'a:',
    'a::b',
  ]) {
    expect(() => grantedScope([wrong], all), wrong).toThrow('A scope consists of words separated by colons');
  }
  for (const scope of [
    'idn:role-checked:read',
    'idn:org:read',
    'sp:all-personal-access-tokens:manage',
    'ups:a',
    'a:b:c:d',
  ]) {
    expect(grantedScope([scope], all)).toEqual([scope]);
  }
});

test('a misspelt scope is rejected, an unknown one is not', () => {
  const all = maker('sp:scopes:all');
  for (const [wrong, meant] of [
    ['idn:entitlment:read', 'idn:entitlement:read'],
    ['idn:entitlements:manage', 'idn:entitlement:manage'],
    ['IDN:Sources:Read', 'idn:sources:read'],
    ['sp:scope:all', 'sp:scopes:all'],
  ] as const) {
    expect(() => grantedScope(['idn:accounts:read', wrong], all)).toThrow(
      `Field "scope" has "${wrong}", which is not a scope. Write ${meant}.`,
    );
  }
  for (const scope of ['idn:access-profile:read', 'idn:sources-admin:manage', 'idn:sources:delete', 'idn:tag:read']) {
    expect(grantedScope([scope], all)).toEqual([scope]);
  }
});
