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

test('one scope of several suffices, and the scope of everything for each', () => {
  expect(holdsOneOf(['a', 'b'], ['c', 'b'])).toBe(true);
  expect(holdsOneOf(['sp:scopes:all'], ['c'])).toBe(true);
  expect(holdsOneOf(['sp:scopes:default'], ['c'])).toBe(false);
  expect(holdsOneOf([], [])).toBe(false);
});

test('a token keeps what its client still has', () => {
  expect(narrowed(['a', 'b'], ['b', 'c'])).toEqual(['b']);
  expect(narrowed(['a'], ['sp:scopes:all'])).toEqual(['a']);
  expect(narrowed(['sp:scopes:all'], ['b'])).toEqual(['b']);
  expect(narrowed(['a'], [])).toEqual([]);
});

test('nobody gives what they lack', () => {
  expect(grantedScope(undefined, maker('sp:scopes:all'))).toEqual(['sp:scopes:all']);
  expect(grantedScope(null, maker('a'))).toEqual(['a']);
  expect(grantedScope(['idn:a:read', 'idn:a:read'], maker('idn:a:read', 'b'))).toEqual(['idn:a:read']);
  expect(() => grantedScope(['sp:scopes:all'], maker('a'))).toThrow('cannot be given');
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
    expect(() => grantedScope([wrong], all), wrong).toThrow('A scope is words with colons between them');
  }
  for (const scope of ['idn:role-checked:read', 'sp:all-personal-access-tokens:manage', 'ups:a', 'a:b:c:d']) {
    expect(grantedScope([scope], all)).toEqual([scope]);
  }
});

test('a scope with a slip in it is refused, one that is used elsewhere is not', () => {
  const all = maker('sp:scopes:all');
  for (const [wrong, meant] of [
    ['idn:entitlment:read', 'idn:entitlement:read'],
    ['idn:entitlements:manage', 'idn:entitlement:manage'],
    ['IDN:Sources:Read', 'idn:sources:read'],
    ['sp:scope:all', 'sp:scopes:all'],
  ] as const) {
    expect(() => grantedScope(['idn:accounts:read', wrong], all)).toThrow(
      `Field "scope" has "${wrong}", which is no scope. Write ${meant}.`,
    );
  }
  for (const scope of ['idn:access-profile:read', 'idn:sources-admin:manage', 'idn:sources:delete', 'idn:tag:read']) {
    expect(grantedScope([scope], all)).toEqual([scope]);
  }
});
