import { describe, expect, test } from 'vitest';
import { type PrivilegeLevel, privilegeOf } from './privilege.ts';

const nothing = { sourceId: 'source', sourcePrivilege: null, privilegeOverride: null, privilegeOverrideBy: null };

describe('the privilege level of an entitlement', () => {
  test.each<[string, Partial<typeof nothing> | object, PrivilegeLevel, object]>([
    ['has no level', {}, 'NONE', { direct: 'NONE', inherited: 'NONE', effective: 'NONE' }],
    ['is inherited', {}, 'LOW', { direct: 'NONE', inherited: 'LOW', effective: 'LOW' }],
    [
      'is the source’s',
      { sourcePrivilege: 'MEDIUM' },
      'LOW',
      { direct: 'MEDIUM', inherited: 'LOW', effective: 'MEDIUM', setBy: 'source', setByType: 'CONNECTOR_CRITERIA' },
    ],
    [
      'is the source’s, but a higher one is inherited',
      { sourcePrivilege: 'LOW' },
      'HIGH',
      { direct: 'LOW', inherited: 'HIGH', effective: 'HIGH', setBy: 'source', setByType: 'CONNECTOR_CRITERIA' },
    ],
    [
      'is overridden regardless of inherited levels',
      { sourcePrivilege: 'HIGH', privilegeOverride: 'LOW', privilegeOverrideBy: 'someone' },
      'HIGH',
      { direct: 'LOW', inherited: 'HIGH', effective: 'LOW', setBy: 'someone', setByType: 'OVERRIDE' },
    ],
  ])('%s', (_title, levels, inherited, expected) => {
    expect(JSON.parse(JSON.stringify(privilegeOf({ ...nothing, ...levels }, inherited)))).toEqual(expected);
  });
});
