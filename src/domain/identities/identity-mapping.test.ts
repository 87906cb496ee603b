import { describe, expect, test } from 'vitest';
import type { AppliedAccount } from './applied-account.ts';
import { effectiveMapping, identityTruth } from './identity-mapping.ts';

const source = { id: 's', details: {} };

function account(attributes: Readonly<Record<string, unknown>>, name: string = '7'): AppliedAccount {
  return { id: 'a', sourceId: 's', nativeIdentity: '7', name, attributes, isNew: true };
}

function truth(attributes: Readonly<Record<string, unknown>>, name?: string): ReturnType<typeof identityTruth> {
  return identityTruth(source, account(attributes, name), effectiveMapping(null));
}

describe('an authoritative account becomes an identity', () => {
  test.each([
    [{ userName: 'ann', sAMAccountName: 'other' }, 'ann'],
    [{ SAMACCOUNTNAME: ' ann ' }, 'ann'],
    [{ userName: '', uid: ['ann', 'else'] }, 'ann'],
    [{ name: 'Ann' }, '7'],
    [{ userName: 'x'.repeat(2001) }, '7'],
  ])('%j has the alias %s', (attributes, alias) => {
    expect(truth(attributes).alias).toBe(alias);
  });

  test.each([
    [{ displayName: 'Ann B', firstName: 'Ann' }, 'shown', 'Ann B'],
    [{ firstName: 'Ann' }, 'shown', 'shown'],
    [{ givenName: 'Ann', sn: 'Bell' }, '7', 'Ann Bell'],
    [{ familyName: 'Bell' }, '7', 'Bell'],
    [{ userName: 'ann' }, '7', 'ann'],
  ])('%j, displayed as %s, has the name %s', (attributes, display, name) => {
    expect(truth(attributes, display).name).toBe(name);
  });

  test.each([
    ['active', 'ACTIVE'],
    ['Inactive', 'DISABLED'],
    ['LEAVER', 'TERMINATED'],
    ['of another kind', 'ACTIVE'],
  ])('state %s sets status %s', (status, expected) => {
    expect(truth({ status })).toMatchObject({ lifecycleState: status, status: expected });
  });

  test('its attributes are the single-valued ones of the account, sorted', () => {
    const attributes = { z: 1, groups: ['a', 'b'], on: false, empty: '', none: null, mail: 'a@b' };
    expect(JSON.parse(truth(attributes).attributes)).toEqual({
      z: 1,
      on: false,
      mail: 'a@b',
      email: 'a@b',
      uid: '7',
      displayName: '7',
    });
    expect(truth(Object.fromEntries(Object.entries(attributes).toReversed())).attributes).toBe(
      truth(attributes).attributes,
    );
  });

  test("its manager is resolved by the source's mapping, or by alias or native identity", () => {
    expect(truth({ manager: ' BOB ' }).manager).toEqual({ property: '#s', value: 'bob' });
    expect(truth({ manager: '' }).manager).toBeNull();
    const details = {
      managerCorrelationMapping: { accountAttributeName: 'boss', identityAttributeName: 'Email' },
    };
    const found = identityTruth({ id: 's', details }, account({ boss: 'B@x', manager: 'c' }), effectiveMapping(null));
    expect(found.manager).toEqual({ property: 'email', value: 'b@x' });
  });

  test('a mapping adds attributes, removes some and translates states', () => {
    const mapping = effectiveMapping({
      attributes: { alias: ['login'], email: [], costCentre: ['cc', 'kst'] },
      lifecycleStates: { x: 'terminated' },
    });
    const found = identityTruth(source, account({ login: 'l', mail: 'm', kst: '4', status: 'X' }), mapping);
    expect(found).toMatchObject({ alias: 'l', email: null, lifecycleState: 'terminated', status: 'TERMINATED' });
    expect(JSON.parse(found.attributes)).toMatchObject({ costCentre: '4' });
  });
});
